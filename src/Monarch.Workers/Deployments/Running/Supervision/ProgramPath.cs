namespace Monarch.Workers.Deployments.Running.Supervision;

/// <summary>The path of a program, or the reason why it cannot be started, with a shell's exit code.</summary>
sealed record ProgramPath(string? Path, int ExitCode, string? Problem)
{
    public const int NotFound = 127;
    public const int NotExecutable = 126;

    const string DefaultFolders = "/usr/local/bin:/usr/bin:/bin";
    const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Finds a program in the folders of PATH; a name with a slash is relative to the working directory.</summary>
    public static ProgramPath Find(string program)
    {
        var folders = Environment.GetEnvironmentVariable("PATH") ?? DefaultFolders;
        var places = program.Contains('/', StringComparison.Ordinal)
            ? [program]
            : folders.Split(':').Select(folder => System.IO.Path.Combine(folder, program));
        var files = places.Select(System.IO.Path.GetFullPath).Where(File.Exists).ToList();
        return files.Find(IsExecutable) switch
        {
            { } found => new(found, 0, null),
            null when files.Count > 0 => new(null, NotExecutable, $"{files[0]} is not executable"),
            null when program.Contains('/', StringComparison.Ordinal) => new(
                null,
                NotFound,
                $"{program} does not exist in {Environment.CurrentDirectory}"
            ),
            null => new(null, NotFound, $"{program} is in no folder of PATH ({folders})"),
        };
    }

    /// <summary>
    /// The program of util-linux that kills a command when its parent dies; null where it is not installed. The one of Busybox cannot do
    /// it.
    /// </summary>
    public static string? OfSetPriv() =>
        (Find("setpriv").Path ?? Find("/usr/bin/setpriv").Path) is { } path && !IsBusybox(path) ? path : null;

    static bool IsExecutable(string file) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & Execute) != 0;

    static bool IsBusybox(string file) =>
        File.ResolveLinkTarget(file, returnFinalTarget: true)?.Name.Contains("busybox", StringComparison.Ordinal) is true;
}
