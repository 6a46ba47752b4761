namespace Monarch.Workers.Archive.Reading;

/// <summary>Where an archived event stands.</summary>
/// <param name="Time">When it was received, on the clock whose time stands in the names of files.</param>
/// <param name="Path">The file, relative to the archive's folder; in a segment followed by <c>:</c> and the line's number.</param>
readonly record struct ListedEvent(DateTime Time, string Path);
