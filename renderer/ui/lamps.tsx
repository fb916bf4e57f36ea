import './progress.css'

/** More than these are one ring still, and no more can be told apart. */
const most = 12

/** The community's computers as a ring of small lamps; the ones that answer are lit. Beside words that say the same. */
export function Lamps({ lit, all }: { readonly lit: number; readonly all: number }) {
  const count = Math.min(Math.max(all, 1), most)
  const burning = all > most ? Math.round((lit / all) * most) : lit
  const places = Array.from({ length: count }, (_, index) => {
    const angle = (index / count) * 2 * Math.PI - Math.PI / 2
    return { x: 24 + 15 * Math.cos(angle), y: 24 + 15 * Math.sin(angle), isLit: index < burning }
  })
  return (
    <svg className="lamps" viewBox="0 0 48 48" aria-hidden="true">
      <circle className="lamps-ring" cx="24" cy="24" r="15" />
      {places.map(({ x, y, isLit }) => (
        <g key={`${x} ${y}`}>
          {isLit && <circle className="lamp-glow" cx={x} cy={y} r="8" />}
          <circle className={isLit ? 'lamp lamp-lit' : 'lamp'} cx={x} cy={y} r="4" />
          {!isLit && <path className="lamp" d={`M${x - 2.8} ${y + 2.8}l5.6-5.6`} />}
        </g>
      ))}
    </svg>
  )
}
