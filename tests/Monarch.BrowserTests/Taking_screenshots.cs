using System.Globalization;
using Microsoft.Playwright;
using Monarch.Testing;
using Monarch.Tests.Bridge;
using Monarch.Tests.Bridge.Pages;
using Xunit;

namespace Monarch.BrowserTests;

/// <summary>Writes every page, wide and narrow, light and dark (<c>./monarch screenshots</c>).</summary>
public sealed class Taking_screenshots(Chromium chromium)
{
    static string Folder => Repository.PathOf("artifacts", "screenshots");

    [Fact(Explicit = true)]
    public async Task Of_every_page()
    {
        Directory.CreateDirectory(Folder);
        await using var host = await SeededHost.StartAsync();
        await using var empty = await BridgeHost.AloneAsync();
        await using var guarded = await BridgeHost.AloneAsync(("MONARCH_API_KEY", "open-sesame"));
        foreach (var width in new[] { 1440, 390 })
        {
            foreach (var theme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await using var context = await chromium.NewContextAsync(
                    new()
                    {
                        ColorScheme = theme,
                        ViewportSize = new() { Width = width, Height = 900 },
                        TimezoneId = "America/Chicago",
                    }
                );
                var page = await context.NewPageAsync();
                foreach (var (name, address) in SeededHost.Pages)
                {
                    await TakeAsync(page, new(host.Web.BaseAddress!, address), name, width, theme);
                }

                await TakeAsync(page, empty.Web.BaseAddress!, "empty", width, theme);
                await TakeAsync(page, guarded.Web.BaseAddress!, "sign-in", width, theme);
            }
        }
    }

    /// <summary>The images of docs/pages.md, to be copied to docs/images.</summary>
    [Fact(Explicit = true)]
    public async Task Of_the_documentation()
    {
        Directory.CreateDirectory(Folder);
        await using var host = await SeededHost.StartAsync();
        await using var context = await chromium.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = 1160, Height = 640 },
            }
        );
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{new Uri(host.Web.BaseAddress!, $"/migrations/{PageStory.Waiting}")}");
        await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, "docs-migration.png") });
    }

    static async Task TakeAsync(IPage page, Uri address, string name, int width, ColorScheme theme)
    {
        await page.GotoAsync($"{address}");
        var file = string.Create(CultureInfo.InvariantCulture, $"{name}-{width}-{$"{theme}".ToLowerInvariant()}.png");
        await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, file), FullPage = true });
    }
}
