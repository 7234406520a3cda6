// Adapters in the folders of data and of records.
#pragma once

#include <filesystem>
#include <string>

#include "datasets/adapters/adapter.h"

namespace flnas {

/// In a data folder the adapter of its data, and in the folder of a run, study or search a copy of the adapter that it
/// was made with: whoever reads its records needs no other file, and a changed adapter does not change their meaning.
inline constexpr char kAdapterFile[] = "adapter.json";

/// For --adapter.
inline constexpr char kAdapterHelp[] =
    "how the data are laid out: an adapter .json, or isic2019, pad_ufes_20, fitzpatrick17k, compas, compas_all or "
    "imagefolder (default: DIR/adapter.json, ISIC 2019's or COMPAS's tables, or class folders, whichever DIR has)";

/// What a data folder holds: adapter.json, else ISIC 2019's files or those of an embedded table, else class folders
/// (image_folder.h); ISIC 2019 where there is no such folder. What load_adapter() does with a folder where no adapter
/// is named (blank). Throws DataError for a folder that holds none of these, ConfigError for a file that is no adapter.
Adapter adapter_in(const std::filesystem::path& folder);

/// Keeps the copy of a record's folder. Throws ConfigError where there is one of another adapter.
void keep_adapter(const Adapter& adapter, const std::filesystem::path& folder);

/// The copy that a record's folder keeps; records of earlier versions have none: then load_adapter(name).
Adapter kept_adapter(const std::filesystem::path& folder, const std::string& name);

/// Where the adapter of a lone table is kept: "preds.adapter.json" beside "preds.csv".
std::filesystem::path adapter_beside(const std::filesystem::path& table);

/// The task of that name, or where it is blank the data set's first. Throws ConfigError naming the nearest.
const Task& task_of_data(const Adapter& adapter, const std::string& name);

/// What splits keep together and intervals resample, as messages call it: the unit's column without "_id", such as
/// "lesion" or "patient"; Adapter::example where there is none.
std::string unit_word(const Adapter& adapter);

}  // namespace flnas
