using System.Globalization;
using Microsoft.Extensions.Options;
using Monarch.Bridge.Intake;

namespace Monarch.Bridge.Pages.Parts;

/// <summary>Addresses of repositories and issues on GitHub.</summary>
sealed class GitHubLinks(IOptions<RequestOptions> options)
{
    readonly string _host = options.Value.WebHosts()[0];

    public string Issues(string fullName) => $"{Repository(fullName)}/issues";

    public string Issue(string fullName, int number) => string.Create(CultureInfo.InvariantCulture, $"{Issues(fullName)}/{number}");

    public string Settings(string fullName) => $"{Repository(fullName)}/settings";

    public string Repository(string fullName) => $"https://{_host}/{string.Join('/', fullName.Split('/').Select(Uri.EscapeDataString))}";
}
