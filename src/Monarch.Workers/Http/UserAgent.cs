using System.Net.Http.Headers;
using System.Reflection;

namespace Monarch.Workers.Http;

/// <summary>The <c>User-Agent</c> header, <c>monarch/1.2.3</c>. GitHub rejects requests without one.</summary>
static class UserAgent
{
    public static readonly ProductInfoHeaderValue Monarch = new("monarch", Version());

    // The commit follows the plus sign.
    static string Version() =>
        typeof(UserAgent).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
