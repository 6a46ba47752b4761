using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Monarch.Workers.Deployments.Settings;

namespace Monarch.Workers.Deployments.Running;

/// <summary>Validates what range attributes cannot express, and reports every invalid setting together.</summary>
sealed partial class DeploymentOptionsValidator : IValidateOptions<DeploymentOptions>
{
    public ValidateOptionsResult Validate(string? name, DeploymentOptions options)
    {
        var errors = Errors(options).ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    static IEnumerable<string> Errors(DeploymentOptions options)
    {
        if (!CommandTemplate.TryParse(options.Command, out _, out var problem))
        {
            yield return $"{DeploymentOptions.CommandKey} is '{options.Command}', {problem}. Set it to a program and its arguments, "
                + "with {server}, {issues}, {project}, {status} and {numbers} where their values belong, or leave it out.";
        }

        if (options.Run && !OperatingSystem.IsLinux())
        {
            yield return "USHER_RUN is 'True', which works on Linux only. Leave it out, and run the commands that Monarch prepares.";
        }

        if (options.Run && options.Directory is { } directory && !Directory.Exists(directory))
        {
            yield return $"{DeploymentOptions.DirectoryKey} is '{directory}', which is not a folder. "
                + "Set it to the folder that the command runs in, or leave it out for that of Monarch.";
        }

        foreach (var variable in options.EnvironmentNames().Where(variable => !Variable().IsMatch(variable)))
        {
            yield return $"{DeploymentOptions.EnvironmentKey} is '{options.Environment}', and '{variable}' in it is not the "
                + "name of a variable. "
                + "List names, separated by commas, such as PATH,HOME.";
        }

        if (options.MaxWaitSeconds < options.QuietSeconds)
        {
            var (wait, quiet) = (Text(options.MaxWaitSeconds), Text(options.QuietSeconds));
            yield return $"USHER_MAX_WAIT is '{wait}', which is shorter than USHER_QUIET, {quiet}. Set it to {quiet} or more.";
        }
    }

    static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}
