using Microsoft.Playwright;
using Monarch.BrowserTests;
using Xunit;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace Monarch.BrowserTests;

/// <summary>One browser for all tests: Debian's, with the driver of the package.</summary>
public sealed class Chromium : IAsyncLifetime
{
    IPlaywright _playwright = null!;

    internal IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox"] });
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
    }
}
