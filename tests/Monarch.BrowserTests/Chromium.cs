using Microsoft.Playwright;
using Monarch.BrowserTests;
using Xunit;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(Chromium))]
// The browser uses several processes: tests at the same time would only slow each other down.
[assembly: Parallelization(MaxThreads = 1)]

namespace Monarch.BrowserTests;

/// <summary>One browser for all tests: Debian's, with the driver of the package.</summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>Milliseconds after which the driver gives up: no test depends on speed.</summary>
    const float Generous = 300_000;

    IPlaywright _playwright = null!;

    IBrowser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(Generous);
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox"] });
    }

    /// <summary>A context of its own, which the caller disposes.</summary>
    internal async Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions? options = null)
    {
        var context = await _browser.NewContextAsync(options);
        context.SetDefaultTimeout(Generous);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
