/** Milliseconds after which the browser has taken what it saves. */
const taken = 60_000

/** Hands something to the person's own disk, under a name that they see. */
export function saveAs(name: string, content: Blob): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), taken)
}
