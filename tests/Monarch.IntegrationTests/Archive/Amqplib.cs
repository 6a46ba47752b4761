using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Archive;

/// <summary>The publisher that uses npm's amqplib, installed into a temporary folder.</summary>
sealed class Amqplib : IDisposable
{
    readonly TemporaryDirectory _folder = new();

    Amqplib()
    {
    }

    /// <summary>The path of the publisher.</summary>
    public string Script => _folder["publish.js"];

    /// <summary>Installs it; the test is skipped where that is not possible.</summary>
    public static async Task<Amqplib> InstallAsync()
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        Assert.SkipUnless(
            found.Any(x => File.Exists(Path.Combine(x, "node"))) && found.Any(x => File.Exists(Path.Combine(x, "npm"))),
            "node and npm are not installed (on Debian: apt-get install nodejs npm).");

        var amqplib = new Amqplib();
        foreach (var name in new[] { "package.json", "package-lock.json", "publish.js" })
        {
            File.Copy(ArchivedFiles.Script("publishers", name), amqplib._folder[name]);
        }

        await using var npm = await ChildProcess.StartAsync(
            "npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], directory: amqplib._folder.Path);
        if (await npm.WaitForExitAsync() != 0)
        {
            amqplib.Dispose();
            string[] offline = ["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT", "ECONNRESET", "E403", "E404"];
            offline.Any(npm.Output.Contains).ShouldBeTrue(npm.Output);
            Assert.Skip($"The npm registry does not serve amqplib here: {npm.Output.Split('\n')[0]}");
        }

        return amqplib;
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
