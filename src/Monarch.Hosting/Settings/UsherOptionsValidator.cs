using Microsoft.Extensions.Options;

namespace Monarch.Hosting.Settings;

sealed class UsherOptionsValidator(HostRole role) : IValidateOptions<UsherOptions>
{
    public ValidateOptionsResult Validate(string? name, UsherOptions options)
    {
        List<string> faults = [];
        var servers = DeploymentServers.Read(options, faults);
        if (faults.Count == 0 && servers.Projects.Count == 0)
        {
            faults.Add(
                SettingError.Missing(
                    UsherOptions.ProjectsKey,
                    $"but {role} deploys the issues of projects",
                    $"Set it to the keys of the tracker's projects, such as ABC,XYZ, or {UsherOptions.ProjectsFileKey} to a file with one a line."
                )
            );
        }

        return faults.Count > 0 ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }
}
