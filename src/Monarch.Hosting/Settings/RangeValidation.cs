using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Monarch.Hosting.Settings;

namespace Monarch.Hosting;

/// <summary>Checks numbers at start.</summary>
public static class RangeValidation
{
    /// <summary>
    /// Every property with a <see cref="System.ComponentModel.DataAnnotations.RangeAttribute"/> must lie in it; one that does not is
    /// named by its configuration key, with its value and the remedy.
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
