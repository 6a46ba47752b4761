namespace Monarch.Testing;

/// <summary>Debian's Python with Debian's modules, independent of other installations.</summary>
public static class DebianPython
{
    const string Program = "/usr/bin/python3";
    const string Modules = "/usr/lib/python3/dist-packages";

    /// <summary>Starts a script.</summary>
    /// <param name="module">The module that it needs; the package is named after it.</param>
    /// <param name="script">Its path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Its whole environment; null passes this process' own on.</param>
    /// <exception cref="InvalidOperationException">The module is not installed.</exception>
    public static Task<ChildProcess> StartAsync(
        string module,
        string script,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        Require(module);
        return ChildProcess.StartAsync(Program, [script, .. arguments], environment);
    }

    /// <summary>The command line that starts a script.</summary>
    public static IReadOnlyList<string> Command(string module, string script, params IEnumerable<string> arguments)
    {
        Require(module);
        return [Program, script, .. arguments];
    }

    static void Require(string module)
    {
        if (
            !File.Exists(Program)
            || (!Directory.Exists(Path.Combine(Modules, module)) && !File.Exists(Path.Combine(Modules, $"{module}.py")))
        )
        {
            throw new InvalidOperationException(
                $"python3-{module} is not installed. Remedy: apt-get install python3-{module}, or run ./monarch test, which does it."
            );
        }
    }
}
