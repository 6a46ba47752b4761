using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Monarch.Hosting.Settings;

sealed class RangeValidator<TOptions> : IValidateOptions<TOptions>
    where TOptions : class, new()
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var faults = typeof(TOptions).GetProperties().Select(property => FaultOf(property, options)).OfType<string>().ToList();
        return faults.Count > 0 ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }

    static string? FaultOf(PropertyInfo property, TOptions options)
    {
        if (property.GetCustomAttribute<RangeAttribute>() is not { } range)
        {
            return null;
        }

        var (value, lowest, highest) = (Number(property.GetValue(options)), Number(range.Minimum), Number(range.Maximum));
        if (value >= lowest && value <= highest)
        {
            return null;
        }

        var key = property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name ?? property.Name;
        return SettingError.Of(
            key,
            Text(value),
            "which is out of range",
            $"Set it to a number from {Text(lowest)} to {Text(highest)}, or leave it out for the default, {Text(Number(property.GetValue(new TOptions())))}."
        );
    }

    static double Number(object? value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);

    static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
