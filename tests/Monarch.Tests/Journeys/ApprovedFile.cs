using Monarch.Testing;

namespace Monarch.Tests.Journeys;

/// <summary>Compares lines with an approved file in the folder <c>Approved</c>.</summary>
static class ApprovedFile
{
    /// <returns>How to approve the lines when they differ from the file; null when they are the same.</returns>
    public static string? DifferenceFrom(string name, IEnumerable<string> lines)
    {
        var file = name.Replace('/', '-') + ".txt";
        var approved = Path.Combine("tests", "Monarch.Tests", "Journeys", "Approved", file);
        var received = Path.Combine("artifacts", "received", file);
        var text = string.Join('\n', lines) + "\n";
        var expected = Repository.PathOf(approved);
        if (File.Exists(expected) && File.ReadAllText(expected).ReplaceLineEndings("\n") == text)
        {
            return null;
        }

        Directory.CreateDirectory(Repository.PathOf("artifacts", "received"));
        File.WriteAllText(Repository.PathOf(received), text);
        return $"""
            {name} differs from the approved file. Read the difference as an instructor would:
              diff -u {approved} {received}
            If every changed line is right, approve it and commit the file:
              cp {received} {approved}
            """;
    }
}
