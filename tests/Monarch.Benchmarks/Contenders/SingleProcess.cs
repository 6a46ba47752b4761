using System.Text;
using Monarch.Benchmarks.Measuring;
using Monarch.Testing;

namespace Monarch.Benchmarks.Contenders;

/// <summary>Bridge and workers in one process without a broker, asked over HTTP.</summary>
sealed class SingleProcess : MonarchHosts
{
    public const string Title = "in memory";

    SingleProcess(SandboxProcess sandbox)
        : base(sandbox, Unlimited.Settings) { }

    public override string Name => Title;

    /// <param name="sandbox">Its GitHub.</param>
    /// <param name="redis">Where it keeps its state; null: in memory.</param>
    public static async Task<SingleProcess> StartAsync(SandboxProcess sandbox, RedisServer? redis = null)
    {
        var host = new SingleProcess(sandbox);
        await host.StartAsync(
            "serve",
            "serve",
            redis is null
                ? new Dictionary<string, string>()
                : new Dictionary<string, string> { ["VALKEY_HOST"] = "127.0.0.1", ["VALKEY_PORT"] = $"{redis.Port}" }
        );
        return host;
    }

    protected override async Task RequestAsync(string request, CancellationToken cancellationToken)
    {
        using var content = new StringContent(request, Encoding.UTF8, "application/json");
        using var answer = await Http.PostAsync(Migrations, content, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
