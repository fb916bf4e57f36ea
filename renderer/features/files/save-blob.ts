/** Milliseconds after which the browser has taken what it saves. */
const taken = 60_000

/** Hands something to the browser, to be saved under a name. */
export function saveBlob(content: Blob, name: string): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), taken)
}
