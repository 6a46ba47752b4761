using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests;

/// <summary>A temporary folder with a package.json of the tests and its packages.</summary>
sealed class NpmFolder : IDisposable
{
    readonly TemporaryDirectory _folder = new();

    NpmFolder() { }

    /// <summary>Its path.</summary>
    public string Path => _folder.Path;

    /// <summary>The path of a file in it.</summary>
    public string this[string name] => _folder[name];

    /// <summary>Copies a folder of the tests and installs its packages; the test is skipped where that is not possible.</summary>
    /// <param name="source">The folder that holds package.json and package-lock.json.</param>
    public static async Task<NpmFolder> InstallAsync(string source)
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        Assert.SkipUnless(
            found.Any(x => File.Exists(System.IO.Path.Combine(x, "node"))) && found.Any(x => File.Exists(System.IO.Path.Combine(x, "npm"))),
            "node and npm are not installed (on Debian: apt-get install nodejs npm)."
        );

        var folder = new NpmFolder();
        foreach (var file in Directory.EnumerateFiles(source))
        {
            File.Copy(file, folder[System.IO.Path.GetFileName(file)]);
        }

        await using var npm = await ChildProcess.StartAsync(
            "npm",
            ["ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            directory: folder.Path
        );
        if (await npm.WaitForExitAsync() != 0)
        {
            folder.Dispose();
            string[] offline = ["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT", "ECONNRESET", "E403", "E404"];
            offline.Any(npm.Output.Contains).ShouldBeTrue(npm.Output);
            Assert.Skip($"The npm registry does not serve what {source} needs: {npm.Output.Split('\n')[0]}");
        }

        return folder;
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
