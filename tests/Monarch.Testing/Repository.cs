namespace Monarch.Testing;

/// <summary>The files of the repository that the tests were built in.</summary>
public static class Repository
{
    /// <summary>Its folder.</summary>
    /// <exception cref="InvalidOperationException">The tests do not run in it.</exception>
    public static string Root { get; } = Find();

    /// <summary>The path of a file or folder in it.</summary>
    /// <param name="path">Its folders and its name.</param>
    public static string PathOf(params string[] path) => Path.Combine([Root, .. path]);

    static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Monarch.sln")))
        {
            folder =
                Path.GetDirectoryName(folder) ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} is in no working copy.");
        }

        return folder;
    }
}
