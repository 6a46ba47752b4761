using Microsoft.Extensions.Options;
using Monarch.Hosting.Settings;

namespace Monarch.Hosting.Logging;

/// <summary>Refuses undefined enum values: the binder accepts any number.</summary>
sealed class LogOptionsValidator : IValidateOptions<LogOptions>
{
    public ValidateOptionsResult Validate(string? name, LogOptions options)
    {
        List<string> faults =
        [
            .. Undefined(LogOptions.LevelKey, options.Level),
            .. options.Format is { } format ? Undefined(LogOptions.FormatKey, format) : [],
        ];
        return faults.Count > 0 ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }

    static IEnumerable<string> Undefined<T>(string key, T value)
        where T : struct, Enum
    {
        var names = string.Join(", ", Enum.GetNames<T>());
        return Enum.IsDefined(value)
            ? []
            : [SettingError.Of(key, $"{value}", $"which is not one of {names}", $"Set it to one of {names}, or leave it out.")];
    }
}
