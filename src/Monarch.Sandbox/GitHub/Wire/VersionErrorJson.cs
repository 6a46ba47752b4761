namespace Monarch.Sandbox.GitHub.Wire;

/// <summary>The error of an unsupported version, whose <c>errors</c> is a sentence.</summary>
sealed record VersionErrorJson(string Message, string Errors, string DocumentationUrl, string Status);
