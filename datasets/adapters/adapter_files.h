// Adapters in the folders of data and of records.
#pragma once

#include <filesystem>
#include <string>

#include "datasets/adapters/adapter.h"

namespace flnas {

/// In a data folder, the adapter of its data. In the folder of a run, study or search, a copy of the adapter that it
/// used, so that its records can be read without another file and keep their meaning if the adapter changes.
inline constexpr char kAdapterFile[] = "adapter.json";

/// The adapter of data that name none, and of the records of early versions, which kept a copy of every other adapter
/// only: the one that datasets/adapters/default.json names.
Adapter default_adapter();

/// The help text of --adapter, with the names of the embedded adapters.
const char* adapter_help();

/// The adapter of a data folder: its adapter.json; else the default adapter or an embedded table, if their files are
/// there; else one of class folders (image_folder.h). The default adapter where there is no such folder.
/// load_adapter() calls it where no adapter is named. Throws DataError for a folder that holds none of these and
/// ConfigError for an adapter.json that is not an adapter.
Adapter adapter_in(const std::filesystem::path& folder);

/// Writes the copy into a record's folder. Throws ConfigError if it holds a copy of another adapter.
void keep_adapter(const Adapter& adapter, const std::filesystem::path& folder);

/// The copy in a record's folder; for records of earlier versions, which have none, load_adapter(name).
Adapter kept_adapter(const std::filesystem::path& folder, const std::string& name);

/// Where the adapter of a lone table is kept: "preds.adapter.json" beside "preds.csv".
std::filesystem::path adapter_beside(const std::filesystem::path& table);

/// The task of that name, or where it is blank the data set's first. Throws ConfigError naming the nearest.
const Task& task_of_data(const Adapter& adapter, const std::string& name);

/// What splits keep together and intervals resample, as messages call it: the unit's column without "_id", such as
/// "lesion" or "patient"; Adapter::example where there is none.
std::string unit_word(const Adapter& adapter);

}  // namespace flnas
