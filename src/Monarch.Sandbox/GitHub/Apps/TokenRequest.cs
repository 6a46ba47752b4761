using System.Text.Json;
using Monarch.Sandbox.Http;
using Monarch.Sandbox.Model;

namespace Monarch.Sandbox.GitHub.Apps;

/// <summary>The scope of a requested token.</summary>
/// <param name="Repositories">The repositories to which it is limited; null: all of the installation.</param>
/// <param name="Issues">The permission on issues: <c>read</c>, <c>write</c> or none (null).</param>
sealed record TokenRequest(IReadOnlyList<Repository>? Repositories, string? Issues)
{
    const string NoSuchRepository = "There is at least one repository that does not exist or is not accessible to the parent installation.";
    const string NotGranted = "The permissions requested are not granted to this installation.";

    /// <summary>Reads the body, in which every property is optional, or returns GitHub's refusal.</summary>
    public static (TokenRequest? Request, Answer? Refusal) Read(
        GitHubCall call,
        SandboxInstallation installation,
        RepositoryStore repositories
    )
    {
        var granted = installation.ReadOnly ? "read" : "write";
        if (call.Body.Length == 0)
        {
            return (new(null, granted), null);
        }

        try
        {
            using var document = JsonDocument.Parse(call.Body);
            var json = document.RootElement;
            if (json.ValueKind != JsonValueKind.Object)
            {
                return (null, GitHubErrors.BodyIsNoObject(call.Documentation));
            }

            if (
                JsonText.NotAnArray(json, "repositories") is { } invalid
                || (invalid = JsonText.NotAnArray(json, "repository_ids")) is not null
            )
            {
                return (null, GitHubErrors.InvalidRequest(invalid, call.Documentation));
            }

            if (json.TryGetProperty("permissions", out var requested) && requested.ValueKind != JsonValueKind.Object)
            {
                invalid = JsonText.Mismatch("properties/permissions", requested, "an object");
                return (null, GitHubErrors.InvalidRequest(invalid, call.Documentation));
            }

            Repository?[] selected =
            [
                .. Items(json, "repositories").Select(name => repositories.Find($"{installation.Owner}/{name}")),
                .. Items(json, "repository_ids").Select(id => id.TryGetInt64(out var number) ? repositories.Find(number) : null),
            ];
            if (selected.Any(repository => repository is null || !Includes(installation, repository)))
            {
                return (null, GitHubErrors.Unprocessable(NoSuchRepository, call.Documentation));
            }

            var permissions =
                requested.ValueKind == JsonValueKind.Object
                    ? requested.EnumerateObject().ToDictionary(permission => permission.Name, permission => permission.Value.GetString())
                    : null;
            if (permissions?.All(permission => IsGranted(permission.Key, permission.Value, granted)) == false)
            {
                return (null, GitHubErrors.Unprocessable(NotGranted, call.Documentation));
            }

            var issues = permissions is { Count: > 0 } ? permissions.GetValueOrDefault("issues") : granted;
            return (new(selected.Length == 0 ? null : [.. selected.OfType<Repository>()], issues), null);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return (null, GitHubErrors.ProblemsParsingJson(call.Documentation));
        }
    }

    /// <summary>Whether an installation includes a repository.</summary>
    public static bool Includes(SandboxInstallation installation, Repository repository) =>
        !repository.Missing
        && string.Equals(repository.Owner, installation.Owner, StringComparison.OrdinalIgnoreCase)
        && (
            installation.Repositories.Count == 0
            || installation.Repositories.Contains(repository.FullName, StringComparer.OrdinalIgnoreCase)
        );

    static JsonElement.ArrayEnumerator Items(JsonElement json, string name) =>
        json.TryGetProperty(name, out var array) ? array.EnumerateArray() : default;

    static bool IsGranted(string name, string? level, string issues) =>
        (name, level) switch
        {
            ("metadata", "read") or ("issues", "read") => true,
            ("issues", "write") => issues == "write",
            _ => false,
        };
}
