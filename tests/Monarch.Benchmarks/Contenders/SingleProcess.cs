using System.Text;
using Monarch.Benchmarks.Measuring;

namespace Monarch.Benchmarks.Contenders;

/// <summary>Bridge and workers in one process without any server, asked over HTTP.</summary>
sealed class SingleProcess : MonarchHosts
{
    SingleProcess(SandboxProcess sandbox)
        : base(sandbox)
    {
    }

    public override string Name => "in memory";

    public static async Task<SingleProcess> StartAsync(SandboxProcess sandbox)
    {
        var host = new SingleProcess(sandbox);
        await host.StartAsync("serve", "serve", new Dictionary<string, string>());
        return host;
    }

    protected override async Task RequestAsync(string request, CancellationToken cancellationToken)
    {
        using var content = new StringContent(request, Encoding.UTF8, "application/json");
        using var answer = await Http.PostAsync(Migrations, content, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
