using Monarch.Testing;

namespace Monarch.Benchmarks.Contenders;

/// <summary>Monarch's settings for a GitHub without limits, such as an Enterprise Server, where Monarch's own speed is measured.</summary>
static class Unlimited
{
    /// <summary>As many concurrent requests as there are targets, like the bare loop.</summary>
    public static readonly IReadOnlyDictionary<string, string> Settings = new Dictionary<string, string>(WithoutLimits.Settings)
    {
        ["GITHUB_CONCURRENCY"] = "0",
    };
}
