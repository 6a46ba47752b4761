using System.Net.Http.Headers;
using System.Reflection;

namespace Monarch.Workers.Http;

/// <summary>How Monarch names itself: <c>monarch/1.2.3</c>. GitHub refuses whoever does not.</summary>
static class UserAgent
{
    public static readonly ProductInfoHeaderValue Monarch = new("monarch", Version());

    // What follows the plus sign is the commit.
    static string Version() =>
        typeof(UserAgent).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
