using Microsoft.Extensions.Configuration;

namespace Monarch.Hosting.Settings;

/// <summary>Which projects Usher deploys, and to which servers.</summary>
public sealed class UsherOptions
{
    internal const string ProjectsKey = "USHER_PROJECTS";
    internal const string ProjectsFileKey = "USHER_PROJECTS_FILE";
    internal const string ServerKey = "USHER_SERVER";

    /// <summary>
    /// The projects' keys, separated by commas, each with its own server pattern if it differs:
    /// <c>ABC,XYZ={status}.xyz.example.org</c>. Null means that they are in the file, or that Usher is off.
    /// </summary>
    [ConfigurationKeyName(ProjectsKey)]
    public string? Projects { get; set; }

    /// <summary>
    /// A file with one project per line, in the same format; empty lines and lines that begin with # are ignored. Null means none.
    /// </summary>
    [ConfigurationKeyName(ProjectsFileKey)]
    public string? ProjectsFile { get; set; }

    /// <summary>The name of a server: <c>{status}</c> and <c>{project}</c> are replaced by both in lower case.</summary>
    [ConfigurationKeyName(ServerKey)]
    public string Server { get; set; } = "{status}.{project}.wwts.com";
}
