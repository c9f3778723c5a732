import type { Focus } from "../../shared/template/template.ts";
import { rem } from "./pictures.tsx";

/** One family by a house, or a street of people: the focus at a glance. */
export function FocusPicture({ focus, size = 40 }: { readonly focus: Focus; readonly size?: number }) {
  return (
    <svg width={rem(size)} height={rem(size)} viewBox="0 0 40 40" aria-hidden="true">
      <circle cx="20" cy="20" r="20" fill={focus === "individual" ? "#e4efd9" : "#d5e8e0"} />
      {focus === "individual" ? (
        <g>
          <path d="M9 19 20 9l11 10v12H9Z" fill="#c0674a" />
          <path d="M7 20 20 8l13 12" fill="none" stroke="#7a3e29" strokeWidth="2.400" strokeLinecap="round" />
          <circle cx="15" cy="21" r="2.300" fill="#5a3b28" />
          <path d="M12 31c0-9 6-9 6 0Z" fill="#2f5d8a" />
          <circle cx="25" cy="21" r="2.300" fill="#8b5e3c" />
          <path d="M22 31c0-9 6-9 6 0Z" fill="#f0c95c" />
          <circle cx="20" cy="25.500" r="1.700" fill="#5a3b28" />
          <path d="M18 31c0-6 4-6 4 0Z" fill="#e9e3d3" />
        </g>
      ) : (
        <g>
          <path d="M5 24V15l4-4 4 4v9ZM14 24V12l4-4 4 4v12ZM23 24V14l4-4 4 4v10Z" fill="#c98b6b" />
          <path d="M31 24v-8l3-3 3 3v8Z" fill="#a9674c" />
          {[9, 15, 21, 27, 32].map((x, index) => (
            <g key={x}>
              <circle
                cx={x}
                cy={22 + (index % 2)}
                r="2"
                fill={["#5a3b28", "#c98f66", "#3f2a1e", "#8b5e3c", "#d7a57d"][index]}
              />
              <path
                d={`M${x - 2.6} 32c0-10 5.200-10 5.200 0Z`}
                fill={["#2f5d8a", "#8a3f6d", "#3f6b2e", "#c0674a", "#6b5d4d"][index]}
              />
            </g>
          ))}
        </g>
      )}
    </svg>
  );
}
