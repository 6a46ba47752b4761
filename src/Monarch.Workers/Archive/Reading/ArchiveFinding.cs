namespace Monarch.Workers.Archive.Reading;

/// <summary>Something that a person should know of a file.</summary>
/// <param name="Path">The file, relative to the archive's folder, where it is one line of a segment with <c>:</c> and its number.</param>
/// <param name="Problem">What it is, as the rest of a sentence about the file.</param>
/// <param name="IsFault">Whether it is damage; otherwise it is worth a note.</param>
readonly record struct ArchiveFinding(string Path, string Problem, bool IsFault);
