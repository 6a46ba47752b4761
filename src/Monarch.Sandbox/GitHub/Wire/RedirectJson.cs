namespace Monarch.Sandbox.GitHub.Wire;

internal sealed record RedirectJson(string Message, string Url, string DocumentationUrl);
