using Microsoft.Extensions.DependencyInjection;
using Monarch.Bridge.Intake;
using Monarch.Bridge.Status;
using Monarch.Tests.Bridge;
using Monarch.Tests.Bridge.Pages;
using Xunit;

namespace Monarch.BrowserTests;

/// <summary>A Bridge with the migrations of <see cref="PageStory"/>.</summary>
static class SeededHost
{
    /// <summary>Every page, by name.</summary>
    public static IReadOnlyList<(string Name, string Address)> Pages { get; } =
    [
        ("migrations", "/"),
        ("migrations-needs-you", "/?state=needs-you"),
        ("migrations-nothing", "/?q=nothing-has-this-name"),
        ("migration-waiting", $"/migrations/{PageStory.Waiting}"),
        ("migration-running", $"/migrations/{PageStory.Running}"),
        ("migration-paused", $"/migrations/{PageStory.Paused}"),
        ("migration-with-failures", $"/migrations/{PageStory.WithFailures}"),
        ("migration-failed", $"/migrations/{PageStory.Failed}"),
        ("migration-completed", $"/migrations/{PageStory.Completed}"),
        ("repository-waiting", $"/migrations/{PageStory.Waiting}/repositories/40"),
        ("repository-failed", $"/migrations/{PageStory.Waiting}/repositories/22"),
        ("repository-with-failures", $"/migrations/{PageStory.WithFailures}/repositories/2"),
        ("new", "/new"),
        ("failures", "/failures"),
        ("rejected", "/rejected"),
        ("budget", "/budget"),
        ("system", "/system"),
        ("not-found", "/migrations/019ac4de-55c2-7a3f-9d1e-000000000000"),
    ];

    /// <summary>One page of each kind, with short lists.</summary>
    public static IReadOnlyList<(string Name, string Address)> Kinds { get; } =
    [
        ("migrations", "/"),
        ("migrations-nothing", "/?q=nothing-has-this-name"),
        ("migration-waiting", $"/migrations/{PageStory.Waiting}?show=needs-you"),
        ("migration-with-failures", $"/migrations/{PageStory.WithFailures}?show=needs-you"),
        .. Pages.Where(page =>
            page.Name
                is "repository-failed"
                    or "repository-with-failures"
                    or "new"
                    or "failures"
                    or "rejected"
                    or "budget"
                    or "system"
                    or "not-found"
        ),
    ];

    public static async Task<BridgeHost> StartAsync(params (string Key, string Value)[] settings)
    {
        var host = await BridgeHost.AloneAsync(settings);
        var (now, token) = (TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken);
        await PageStory.SeedAsync(host.Services.GetRequiredService<IStatusStore>(), now, token);
        await PageStory.SeedAsync(host.Services.GetRequiredService<ICredentialViews>(), now, token);
        await PageStory.SeedAsync(host.Services.GetRequiredService<IRejectionStore>(), now, token);
        return host;
    }
}
