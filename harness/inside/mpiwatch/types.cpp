#include "harness/inside/mpiwatch/types.hpp"

#include <cstdio>
#include <cstring>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "harness/inside/mpiwatch/accesses.hpp"
#include "harness/inside/mpiwatch/self.hpp"

namespace lockstep::mpiwatch {
namespace {

struct Named {
  MPI_Datatype type;
  Kind kind;
};

Kind integer_of(int size, bool has_sign) {
  switch (size) {
    case 1:
      return has_sign ? Kind::int8 : Kind::uint8;
    case 2:
      return has_sign ? Kind::int16 : Kind::uint16;
    case 4:
      return has_sign ? Kind::int32 : Kind::uint32;
    default:
      return has_sign ? Kind::int64 : Kind::uint64;
  }
}

Kind kind_of(MPI_Datatype type) {
  static const std::vector<Named> table{
      {MPI_BYTE, Kind::byte},           {MPI_PACKED, Kind::packed},       {MPI_CHAR, Kind::int8},           {MPI_SIGNED_CHAR, Kind::int8},
      {MPI_UNSIGNED_CHAR, Kind::uint8}, {MPI_FLOAT, Kind::float32},       {MPI_DOUBLE, Kind::float64},      {MPI_LONG_DOUBLE, Kind::float80},
      {MPI_WCHAR, Kind::wide_char},     {MPI_C_BOOL, Kind::boolean},      {MPI_CXX_BOOL, Kind::boolean},
      {MPI_C_COMPLEX, Kind::complex32}, {MPI_C_FLOAT_COMPLEX, Kind::complex32}, {MPI_C_DOUBLE_COMPLEX, Kind::complex64},
      {MPI_C_LONG_DOUBLE_COMPLEX, Kind::complex80}, {MPI_CXX_FLOAT_COMPLEX, Kind::complex32}, {MPI_CXX_DOUBLE_COMPLEX, Kind::complex64},
  };
  for (const Named& strip : table)
    if (strip.type == type) return strip.kind;
  int size = 0;
  PMPI_Type_size(type, &size);
  for (const MPI_Datatype has_sign : {MPI_SHORT, MPI_INT, MPI_LONG, MPI_LONG_LONG, MPI_INT8_T, MPI_INT16_T, MPI_INT32_T, MPI_INT64_T, MPI_AINT,
                                      MPI_OFFSET, MPI_COUNT})
    if (has_sign == type) return integer_of(size, true);
  for (const MPI_Datatype has_none : {MPI_UNSIGNED_SHORT, MPI_UNSIGNED, MPI_UNSIGNED_LONG, MPI_UNSIGNED_LONG_LONG, MPI_UINT8_T, MPI_UINT16_T,
                                      MPI_UINT32_T, MPI_UINT64_T})
    if (has_none == type) return integer_of(size, false);
  return Kind::other;
}

// The pair types of MPI_MINLOC and MPI_MAXLOC.
bool append_pair(Signature& to, MPI_Datatype type) {
  static const std::vector<Named> table{{MPI_FLOAT_INT, Kind::float32}, {MPI_DOUBLE_INT, Kind::float64}, {MPI_LONG_INT, Kind::int64},
                                        {MPI_2INT, Kind::int32},        {MPI_SHORT_INT, Kind::int16},    {MPI_LONG_DOUBLE_INT, Kind::float80}};
  for (const Named& strip : table) {
    if (strip.type != type) continue;
    append(to, strip.kind, 1);
    append(to, Kind::int32, 1);
    return true;
  }
  return false;
}

void append_all(Signature& to, const Signature& part, std::int64_t times) {
  if (part.unknown) to.unknown = true;
  if (part.uniform()) {
    const std::uint64_t count = part.elements() * static_cast<std::uint64_t>(times);
    if (count > 0xffff'ffffu)
      to.unknown = true;
    else
      append(to, part.runs[0].kind, static_cast<std::uint32_t>(count));
    return;
  }
  if (to.run_count == 0 && times > 0) {
    to = repeated(part, static_cast<std::uint64_t>(times));
    return;
  }
  if (to.repeats > 1) to.unknown = true;  // behind a pattern that repeats: more than this form can say
  for (std::int64_t i = 0; i < times && !to.unknown; ++i)
    for (std::uint64_t k = 0; k < part.repeats && !to.unknown; ++k)
      for (int run = 0; run < part.run_count; ++run) append(to, part.runs[run].kind, part.runs[run].length);
}

Signature flatten(MPI_Datatype type);

// The parts of a derived type, in the order of the standard's type maps: (how many, of what).
void flatten_parts(Signature& to, int combiner, const std::vector<int>& integers, const std::vector<MPI_Datatype>& types) {
  const auto all = [&](std::int64_t times) { append_all(to, flatten(types[0]), times); };
  switch (combiner) {
    case MPI_COMBINER_DUP:
    case MPI_COMBINER_RESIZED:
      return all(1);
    case MPI_COMBINER_CONTIGUOUS:
      return all(integers[0]);
    case MPI_COMBINER_VECTOR:
    case MPI_COMBINER_HVECTOR:
    case MPI_COMBINER_INDEXED_BLOCK:
    case MPI_COMBINER_HINDEXED_BLOCK:
      return all(static_cast<std::int64_t>(integers[0]) * integers[1]);
    case MPI_COMBINER_INDEXED:
    case MPI_COMBINER_HINDEXED: {
      std::int64_t sum = 0;
      for (int i = 1; i <= integers[0]; ++i) sum += integers[static_cast<std::size_t>(i)];
      return all(sum);
    }
    case MPI_COMBINER_STRUCT:
      for (int i = 0; i < integers[0]; ++i)
        append_all(to, flatten(types[static_cast<std::size_t>(i)]), integers[static_cast<std::size_t>(i) + 1]);
      return;
    case MPI_COMBINER_SUBARRAY: {
      std::int64_t product = 1;
      for (int i = 0; i < integers[0]; ++i) product *= integers[static_cast<std::size_t>(integers[0] + 1 + i)];
      return all(product);
    }
    default:
      to.unknown = true;
  }
}

Signature flatten(MPI_Datatype type) {
  Signature made{};
  int integers = 0, addresses = 0, types = 0, combiner = 0;
  if (PMPI_Type_get_envelope(type, &integers, &addresses, &types, &combiner) != MPI_SUCCESS) {
    made.unknown = true;
    return made;
  }
  if (combiner == MPI_COMBINER_NAMED) {
    if (!append_pair(made, type)) append(made, kind_of(type), 1);
    return made;
  }
  std::vector<int> i(static_cast<std::size_t>(integers) + 1);
  std::vector<MPI_Aint> a(static_cast<std::size_t>(addresses) + 1);
  std::vector<MPI_Datatype> t(static_cast<std::size_t>(types) + 1);
  PMPI_Type_get_contents(type, integers, addresses, types, i.data(), a.data(), t.data());
  flatten_parts(made, combiner, i, t);
  for (int k = 0; k < types; ++k) {
    int ignored = 0, inner = MPI_COMBINER_NAMED;
    PMPI_Type_get_envelope(t[static_cast<std::size_t>(k)], &ignored, &ignored, &ignored, &inner);
    if (inner != MPI_COMBINER_NAMED) PMPI_Type_free(&t[static_cast<std::size_t>(k)]);
  }
  return made;
}

std::unordered_map<MPI_Datatype, Type>& known() {
  static auto* types = new std::unordered_map<MPI_Datatype, Type>;
  return *types;
}

std::unordered_set<MPI_Datatype>& committed() {
  static auto* types = new std::unordered_set<MPI_Datatype>;
  return *types;
}

}  // namespace

const Type& type_of(MPI_Datatype handle) {
  const auto found = known().find(handle);
  if (found != known().end()) return found->second;
  Type type;
  int integers = 0, addresses = 0, types = 0, combiner = MPI_COMBINER_NAMED;
  if (PMPI_Type_get_envelope(handle, &integers, &addresses, &types, &combiner) == MPI_SUCCESS) {
    type.derived = combiner != MPI_COMBINER_NAMED;
    type.unit = flatten(handle);
    MPI_Aint lower = 0, extent = 0, true_lower = 0, true_extent = 0;
    int size = 0;
    PMPI_Type_size(handle, &size);
    PMPI_Type_get_extent(handle, &lower, &extent);
    PMPI_Type_get_true_extent(handle, &true_lower, &true_extent);
    type.size = size;
    type.lower = true_lower;
    type.extent = extent;
    type.contiguous = size == extent && size == true_extent;
  }
  int length = 0;
  char name[MPI_MAX_OBJECT_NAME] = "";
  PMPI_Type_get_name(handle, name, &length);
  std::snprintf(type.name, sizeof type.name, "%s", length > 0 && std::strncmp(name, "MPI_COMBINER", 12) != 0 ? name : "a type of its own");
  return known()[handle] = type;
}

const char* name_of_type(MPI_Datatype type) { return type == MPI_DATATYPE_NULL ? "MPI_DATATYPE_NULL" : type_of(type).name; }

Signature signature_of(std::int64_t count, MPI_Datatype type) {
  if (type == MPI_DATATYPE_NULL || count <= 0) return {};
  return repeated(type_of(type).unit, static_cast<std::uint64_t>(count));
}

std::int64_t bytes_of(std::int64_t count, MPI_Datatype type) { return type == MPI_DATATYPE_NULL || count <= 0 ? 0 : count * type_of(type).size; }

const std::vector<Strip>& strips_of_type(MPI_Datatype type) {
  constexpr std::int64_t most_bytes = 1 << 20;
  constexpr std::size_t most_strips = 16;
  type_of(type);
  Type& known_type = known()[type];
  if (known_type.strips) return *known_type.strips;
  known_type.strips.emplace();
  if (known_type.contiguous) return known_type.strips.emplace(1, Strip{known_type.lower, known_type.size, 0, 1});
  MPI_Aint lower = 0, extent = 0;
  int size = 0, position = 0;
  PMPI_Type_get_true_extent(type, &lower, &extent);
  PMPI_Pack_size(1, type, self().world, &size);
  if (extent > most_bytes || size > most_bytes) return *known_type.strips;
  // An element is unpacked onto zeros: what is not zero then belongs to it.
  std::vector<char> ones(static_cast<std::size_t>(size) + 1, '\xff'), used(static_cast<std::size_t>(extent) + 1);
  auto* element = reinterpret_cast<void*>(reinterpret_cast<std::uintptr_t>(used.data()) - static_cast<std::uintptr_t>(lower));
  PMPI_Unpack(ones.data(), size, &position, element, 1, type, self().world);
  std::vector<Strip> strips = strips_of_elements(strips_of(used), 1, 0, lower);
  if (strips.size() <= most_strips) known_type.strips = std::move(strips);
  return *known_type.strips;
}

void note_committed(MPI_Datatype type) { committed().insert(type); }
bool is_committed(MPI_Datatype type) { return !type_of(type).derived || committed().contains(type); }

void forget_type(MPI_Datatype type) {
  known().erase(type);
  committed().erase(type);
}

}  // namespace lockstep::mpiwatch
