using Microsoft.Extensions.Options;

namespace Monarch.Workers.GitHub.Copying.Templates;

/// <summary>Reports every error of the template with its place and remedy.</summary>
sealed class IssueTemplateOptionsValidator : IValidateOptions<IssueTemplateOptions>
{
    public ValidateOptionsResult Validate(string? name, IssueTemplateOptions options) =>
        options.Errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(options.Errors);
}
