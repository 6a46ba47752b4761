namespace Monarch.Testing;

/// <summary>Names the Debian package of a missing server, instead of "file not found".</summary>
static class InstalledProgram
{
    public static void Require(string program, string package)
    {
        if (Find(program) is null)
        {
            throw new InvalidOperationException(
                $"{program} is not installed. Remedy: apt-get install {package}, or run ./monarch test, which does it."
            );
        }
    }

    static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':')
            .Append("/usr/sbin")
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}
