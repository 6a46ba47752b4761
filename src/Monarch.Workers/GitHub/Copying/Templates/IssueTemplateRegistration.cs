using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Monarch.Workers.GitHub.Copying.Templates;

static class IssueTemplateRegistration
{
    /// <summary>Adds the <see cref="IssueTemplate"/>; its file is read at start, and later changes of it have no effect.</summary>
    public static IServiceCollection AddIssueTemplate(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<IssueTemplateOptions>, IssueTemplateOptionsValidator>());
        services.AddOptions<IssueTemplateOptions>().Bind(configuration).PostConfigure(options => options.Load()).ValidateOnStart();
        // The monitor has the options that were validated at start; IOptions would read the file again, at the first issue.
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptionsMonitor<IssueTemplateOptions>>().CurrentValue.Template);
        return services;
    }
}
