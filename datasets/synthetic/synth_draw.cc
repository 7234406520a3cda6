#include <algorithm>
#include <array>
#include <cmath>

#include "datasets/synthetic/synth.h"
#include "datasets/synthetic/synth_look.h"
#include "datasets/synthetic/synth_noise.h"

namespace flnas {
namespace {

using synth::Look;
using synth::Noise;
using synth::ramp;
using synth::Skin;

using Colour = std::array<float, 3>;

// How strongly the skin's pigments absorb red, green and blue, and what scattering adds.
constexpr Colour kMelanin = {0.55F, 1.05F, 1.45F};
constexpr Colour kBlood = {0.12F, 0.75F, 0.65F};
constexpr Colour kVeil = {0.43F, 0.42F, 0.49F};
constexpr Colour kKeratin = {0.93F, 0.88F, 0.82F};
constexpr Colour kLake = {0.45F, 0.08F, 0.16F};

/// Amounts at a point: absorbers, then layers from 0 (absent) to 1 (opaque).
struct Pigment {
  float melanin = 0, blood = 0, veil = 0, keratin = 0, lake = 0;
};

/// What the camera does: lens and light are the same for all views of a lesion (`shared`) but for small differences.
struct View {
  View(Random& shared, Random& own)
      : angle(normal(own, 0.15F)),
        zoom(1 + normal(own, 0.05F)),
        x(normal(shared, 0.05F) + normal(own, 0.03F)),
        y(normal(shared, 0.05F) + normal(own, 0.03F)),
        light(between(shared, 0.90F, 1.06F) + normal(own, 0.02F)),
        slope_x(normal(own, 0.05F)),
        slope_y(normal(own, 0.05F)),
        vignette(shared.uniform() < 0.25 ? between(shared, 0.4F, 1.0F) : between(shared, 0.0F, 0.12F)),
        warmth(normal(shared, 0.05F) + normal(own, 0.01F)),
        tint(normal(shared, 0.03F) + normal(own, 0.006F)),
        grain(between(shared, 0.006F, 0.022F)) {}

  static float normal(Random& random, float spread) { return spread * static_cast<float>(random.normal()); }
  static float between(Random& random, float low, float high) { return static_cast<float>(random.uniform(low, high)); }

  float angle, zoom, x, y, light, slope_x, slope_y, vignette, warmth, tint, grain;
};

class Lesion {
 public:
  Lesion(const Look& look, const Skin& skin, std::uint64_t seed)
      : look_(look),
        skin_(skin),
        shape_(mix_seed(seed, 11)),
        coarse_(mix_seed(seed, 12)),
        fine_(mix_seed(seed, 13)),
        spots_(mix_seed(seed, 14)),
        skin_noise_(mix_seed(seed, 15)) {
    Random random(mix_seed(seed, 16));
    const auto turn = static_cast<float>(random.uniform(0.0, 2 * std::numbers::pi));
    cos_ = std::cos(turn);
    sin_ = std::sin(turn);
    aspect_ = std::sqrt(1 + look.stretch);
  }

  Colour at(float x, float y) const {
    const Pigment pigment = pigment_at(x, y);
    const Colour skin = {skin_.red, skin_.green, skin_.blue};
    Colour colour;
    for (std::size_t c = 0; c < 3; ++c) {
      float value = skin[c] * std::exp(-pigment.melanin * kMelanin[c] - pigment.blood * kBlood[c]);
      value += pigment.lake * (kLake[c] - value);
      value += pigment.veil * (kVeil[c] - value);
      colour[c] = value + pigment.keratin * (kKeratin[c] - value);
    }
    return colour;
  }

 private:
  Pigment skin_at(float x, float y) const {
    Pigment pigment;
    const float mottle = skin_noise_.fractal(2.5F * x, 2.5F * y);
    pigment.melanin = 0.05F * skin_.mottled * (1 + mottle);
    pigment.blood = 0.10F * skin_.mottled * (1 - mottle) + 0.03F;
    if (skin_.wrinkles > 0.02F) {
      pigment.melanin += 0.10F * skin_.wrinkles * skin_noise_.lines(9 * x + 3 * y, 4 * y - x, 0.18F);
    }
    if (skin_.freckles > 0.05F) {
      pigment.melanin += 0.20F * skin_.freckles * skin_noise_.discs(4 * x + 7, 4 * y, 0.35F * skin_.freckles, 0.3F);
    }
    return pigment;
  }

  Pigment pigment_at(float x, float y) const {
    Pigment pigment = skin_at(x, y);
    const float u = (cos_ * x + sin_ * y) / aspect_, v = (cos_ * y - sin_ * x) * aspect_;
    const float r = std::sqrt(u * u + v * v) + 1e-6F;
    const float du = u / r, dv = v / r;
    const float border =
        look_.size * (1 + 0.30F * look_.asymmetry * du + 0.30F * look_.ragged * shape_.value(1.3F * du + 5, 1.3F * dv) +
                      0.22F * look_.ragged * shape_.value(4.0F * du, 4.0F * dv + 5));
    const float fade = 0.05F + 0.28F * look_.soft;
    const float inside = ramp(-fade * 0.6F, fade, border - r);
    if (inside <= 0) return pigment;
    const float depth = r / std::max(border, 0.05F);  // 0 centre, 1 border
    const float patches = coarse_.fractal(2.2F * u + 3, 2.2F * v);
    const float other = coarse_.fractal(2.8F * u, 2.8F * v + 30);
    const float rough = fine_.fractal(7 * u, 7 * v);

    float melanin = look_.melanin * (1.15F + 1.5F * look_.mixed * patches + 0.5F * look_.asymmetry * du * depth);
    melanin += 0.9F * look_.network * look_.melanin * fine_.lines(7 * u, 7 * v, 0.30F) * ramp(0.2F, 0.7F, depth);
    if (look_.globules > 0.1F) melanin += 1.0F * look_.globules * spots_.discs(6 * u, 6 * v, 0.55F, 0.30F);
    melanin *= 1 + 0.25F * rough;
    float blood = look_.blood * (0.9F + 0.9F * look_.mixed * other + 0.15F * rough);
    blood += 0.9F * look_.vessels * coarse_.lines(3.2F * u + 50, 3.2F * v, 0.13F);
    pigment.melanin += inside * std::max(0.0F, 1.25F * melanin);
    pigment.blood += inside * std::max(0.0F, blood);
    pigment.veil = inside * 0.70F * ramp(1.05F - look_.blue, 1.65F - look_.blue, 0.55F + other);
    pigment.keratin = inside * 0.65F * look_.pale * (1 - ramp(0.15F, 0.65F, depth + 0.25F * patches));
    if (look_.cysts > 0.1F) {
      pigment.keratin =
          std::max(pigment.keratin, inside * 0.8F * look_.cysts * spots_.discs(5 * u + 40, 5 * v, 0.5F, 0.22F));
    }
    if (look_.scale > 0.1F) {
      const float flakes = ramp(0.10F, 0.55F, fine_.fractal(5 * u + 20, 6 * v));
      pigment.keratin = std::max(pigment.keratin, inside * 0.85F * look_.scale * flakes);
    }
    if (look_.lacunae > 0.1F)
      pigment.lake = inside * 0.85F * look_.lacunae * spots_.discs(3.2F * u, 3.2F * v + 20, 0.85F, 0.42F);
    return pigment;
  }

  const Look& look_;
  const Skin& skin_;
  Noise shape_, coarse_, fine_, spots_, skin_noise_;
  float cos_ = 1, sin_ = 0, aspect_ = 1;
};

/// A canvas of floats, 0..1.
struct Canvas {
  explicit Canvas(int pixels)
      : size(pixels), values(static_cast<std::size_t>(pixels) * static_cast<std::size_t>(pixels)) {}
  Colour& at(int x, int y) {
    return values[static_cast<std::size_t>(y) * static_cast<std::size_t>(size) + static_cast<std::size_t>(x)];
  }
  int size;
  std::vector<Colour> values;
};

/// A thin curve across the picture, darkest along its middle.
void draw_hair(Canvas& canvas, float darkness, Random& random) {
  const auto coordinate = [&] { return static_cast<float>(random.uniform(-0.15, 1.15) * canvas.size); };
  const float ax = coordinate(), ay = coordinate(), cx = coordinate(), cy = coordinate();
  const auto bend = static_cast<float>(random.normal() * 0.25);
  const float bx = (ax + cx) / 2 + bend * (cy - ay), by = (ay + cy) / 2 - bend * (cx - ax);
  const float width = static_cast<float>(canvas.size) * static_cast<float>(random.uniform(0.001, 0.004)) + 0.15F;
  const int steps = 3 * canvas.size;
  std::vector<std::pair<float, float>> points;
  for (int i = 0; i <= steps; ++i) {
    const float t = static_cast<float>(i) / static_cast<float>(steps), s = 1 - t;
    points.emplace_back(s * s * ax + 2 * s * t * bx + t * t * cx, s * s * ay + 2 * s * t * by + t * t * cy);
  }
  std::vector<float> cover(canvas.values.size());
  for (const auto& [px, py] : points) {
    const int reach = static_cast<int>(width) + 1;
    for (int y = static_cast<int>(py) - reach; y <= static_cast<int>(py) + reach; ++y) {
      for (int x = static_cast<int>(px) - reach; x <= static_cast<int>(px) + reach; ++x) {
        if (x < 0 || y < 0 || x >= canvas.size || y >= canvas.size) continue;
        const float distance = std::hypot(static_cast<float>(x) + 0.5F - px, static_cast<float>(y) + 0.5F - py);
        float& most = cover[static_cast<std::size_t>(y * canvas.size + x)];
        most = std::max(most, std::clamp(width + 0.5F - distance, 0.0F, 1.0F));
      }
    }
  }
  for (std::size_t i = 0; i < cover.size(); ++i) {
    for (float& value : canvas.values[i]) value *= 1 - darkness * cover[i];
  }
}

Picture expose(Canvas& canvas, const View& view, Random& random) {
  Picture picture{.width = canvas.size, .height = canvas.size, .pixels = {}};
  picture.pixels.reserve(canvas.values.size() * 3);
  const Colour balance = {1 + view.warmth, 1 + view.tint, 1 - view.warmth};
  const float scale = 2.0F / static_cast<float>(canvas.size);
  for (int y = 0; y < canvas.size; ++y) {
    for (int x = 0; x < canvas.size; ++x) {
      const float u = (static_cast<float>(x) + 0.5F) * scale - 1, v = (static_cast<float>(y) + 0.5F) * scale - 1;
      const float corner = 1 - view.vignette * ramp(0.85F, 1.30F, std::sqrt(u * u + v * v));
      const float light = view.light * (1 + view.slope_x * u + view.slope_y * v) * corner;
      // Sum of four uniform numbers from one draw: close enough to a normal for film grain.
      const std::uint64_t bits = random.bits();
      const auto sum =
          static_cast<float>((bits & 0xFFFF) + (bits >> 16 & 0xFFFF) + (bits >> 32 & 0xFFFF) + (bits >> 48));
      const float grain = view.grain * (sum / 65535.0F - 2) * 1.7F;
      const Colour& colour = canvas.at(x, y);
      for (std::size_t c = 0; c < 3; ++c) {
        const float value = std::clamp(colour[c] * light * balance[c] + grain, 0.0F, 1.0F);
        picture.pixels.push_back(static_cast<std::uint8_t>(255 * value + 0.5F));
      }
    }
  }
  return picture;
}

}  // namespace

Picture draw_lesion(const SynthRow& row, int size) {
  Random lesion_random(mix_seed(row.lesion_seed, 1));
  const Look look = synth::draw_look(row, lesion_random);
  const Skin skin = synth::draw_skin(row, lesion_random);
  const Lesion lesion(look, skin, row.lesion_seed);
  Random view_random(mix_seed(row.view_seed, 2));
  const View view(lesion_random, view_random);
  const float cos = std::cos(view.angle) / view.zoom, sin = std::sin(view.angle) / view.zoom;
  const float scale = 2.0F / static_cast<float>(size);
  Canvas canvas(size);
  for (int y = 0; y < size; ++y) {
    for (int x = 0; x < size; ++x) {
      const float u = (static_cast<float>(x) + 0.5F) * scale - 1 - view.x;
      const float v = (static_cast<float>(y) + 0.5F) * scale - 1 - view.y;
      canvas.at(x, y) = lesion.at(cos * u + sin * v, cos * v - sin * u);
    }
  }
  for (int i = 0; i < skin.hairs; ++i) draw_hair(canvas, skin.hair_darkness, lesion_random);
  return expose(canvas, view, view_random);
}

}  // namespace flnas
