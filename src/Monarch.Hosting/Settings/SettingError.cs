namespace Monarch.Hosting.Settings;

/// <summary>Formats the errors of settings: key, value, problem, remedy.</summary>
static class SettingError
{
    public static string Of(string key, string? value, string problem, string remedy) => $"{key} is '{value}', {problem}. {remedy}";

    /// <summary>For a secret, whose value is never shown.</summary>
    public static string OfSecret(string key, string problem, string remedy) => $"{key} {problem}. {remedy}";

    public static string Missing(string key, string problem, string remedy) => $"{key} is not set, {problem}. {remedy}";
}
