namespace Monarch.Sandbox.GitHub.Wire;

sealed record RedirectJson(string Message, string Url, string DocumentationUrl);
