using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Monarch.Hosting.Settings;

/// <summary>Validates ranges at start.</summary>
public static class RangeValidation
{
    /// <summary>
    /// Checks every property with a <see cref="System.ComponentModel.DataAnnotations.RangeAttribute"/>; an error names the configuration
    /// key, the value and the remedy.
    /// </summary>
    /// <param name="options">The options of one feature.</param>
    public static OptionsBuilder<TOptions> ValidateRanges<TOptions>(this OptionsBuilder<TOptions> options)
        where TOptions : class, new()
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Services.AddSingleton<IValidateOptions<TOptions>, RangeValidator<TOptions>>();
        return options;
    }
}
