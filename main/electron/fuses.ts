/**
 * Electron's fuses, to be set when the app is packaged (names as in
 * `@electron/fuses`). A fuse is burnt into the program: no argument and no
 * variable of the environment switches it back.
 */
export const fuses = {
  /** ELECTRON_RUN_AS_NODE would make a signed program out of any script. */
  RunAsNode: false,
  /** NODE_OPTIONS and NODE_EXTRA_CA_CERTS are not ours. */
  EnableNodeOptionsEnvironmentVariable: false,
  /** No debugger attaches. */
  EnableNodeCliInspectArguments: false,
  /** The code is what was packaged, and from nowhere else. */
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  /** Nothing is in cookies; if that changes, the system's keychain protects them. */
  EnableCookieEncryption: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  /** The page comes by its own scheme. */
  GrantFileProtocolExtraPrivileges: false,
} as const
