/**
 * Runs in the browser: every visible text whose contrast with what lies behind it is below 4.5 (WCAG AA),
 * as "contrast: text". A label with an outline (as on a chart's band) stands on its outline. Colours with
 * an alpha are blended, and opacities of ancestors count.
 */
export const LOW_CONTRAST_SCRIPT = `(() => {
  const parse = (colour) => {
    const parts = colour.match(/[\\d.]+/g).map(Number);
    return { rgb: parts.slice(0, 3), alpha: parts.length > 3 ? parts[3] : 1 };
  };
  const over = (front, alpha, back) => front.map((value, index) => value * alpha + back[index] * (1 - alpha));
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((value) => {
      const share = value / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const backgroundOf = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const { rgb, alpha } = parse(getComputedStyle(at).backgroundColor);
      if (alpha === 1) return rgb;
    }
    return [255, 255, 255];
  };
  const low = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    if (node.textContent.trim() === "" || element.closest("title, style") !== null) continue;
    if (element.getClientRects().length === 0) continue;
    const style = getComputedStyle(element);
    const isDrawn = element.closest("svg") !== null;
    const { rgb, alpha } = parse(isDrawn ? style.fill : style.color);
    let opacity = alpha * (isDrawn ? Number(style.fillOpacity) : 1);
    for (let at = element; at !== null; at = at.parentElement) opacity *= Number(getComputedStyle(at).opacity);
    const back = isDrawn && style.stroke !== "none" ? parse(style.stroke).rgb : backgroundOf(element);
    const [a, b] = [luminance(over(rgb, opacity, back)), luminance(back)].sort((x, y) => y - x);
    const contrast = (a + 0.05) / (b + 0.05);
    if (contrast < 4.5) low.push(contrast.toFixed(2) + ": " + node.textContent.trim().slice(0, 40));
  }
  return low;
})()`;
