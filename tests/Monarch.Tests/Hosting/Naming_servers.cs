using Monarch.Contracts.Deployments;
using Monarch.Hosting.Settings;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Hosting;

public sealed class Naming_servers
{
    const string Standard = "{status}.{project}.wwts.com";

    [Fact]
    public void Should_derive_the_server_from_project_and_status()
    {
        var servers = Read("abc, XYZ={status}.xyz.example.org");

        servers.Projects.ShouldBe(["ABC", "XYZ"]);
        servers.NameOf("ABC", IssueStatus.Beta).ShouldBe("beta.abc.wwts.com");
        servers.NameOf("XYZ", IssueStatus.Test).ShouldBe("test.xyz.example.org");
        servers.NameOf("A_B", IssueStatus.Stage).ShouldBe("stage.a-b.wwts.com", "also of a project that is not configured");
        (servers.TryFind("Beta.ABC.wwts.com", out var project, out var status), project, status).ShouldBe((true, "ABC", IssueStatus.Beta));
        servers.TryFind("beta.def.wwts.com", out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void Should_read_projects_from_a_file()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory["projects"], "# ours\nABC\n\n xyz = {status}.xyz.example.org \n");
        List<string> faults = [];

        var servers = DeploymentServers.Read(new() { ProjectsFile = directory["projects"] }, faults);

        faults.ShouldBeEmpty();
        servers.NameOf("XYZ", IssueStatus.Test).ShouldBe("test.xyz.example.org");
        servers.Projects.ShouldBe(["ABC", "XYZ"]);
    }

    [Theory]
    [InlineData("ABD", "ABC")]
    [InlineData("AB", "ABC")]
    [InlineData("WEBSHOPS", "WEBSHOP")]
    [InlineData("WEBSOHP", "WEBSHOP")]
    [InlineData("QRS", "")]
    public void Should_suggest_projects_similar_to_a_mistyped_key(string typed, string expected) =>
        string.Join(' ', Read("ABC,WEBSHOP").Near(typed)).ShouldBe(expected);

    [Theory]
    [InlineData(
        "ABC",
        "{project}.example.org",
        "USHER_SERVER is '{project}.example.org', which has no {status}, so that all statuses would share one server."
    )]
    [InlineData(
        "ABC",
        "{status}.{team}.example.org",
        "USHER_SERVER is '{status}.{team}.example.org', in which {team} is not a placeholder ({status} and {project} are)."
    )]
    [InlineData(
        "ABC",
        "{status}.{project}.example.org/x",
        "USHER_SERVER is '{status}.{project}.example.org/x', which does not make a host name."
    )]
    [InlineData(
        "ABC,DEF",
        "{status}.example.org",
        "USHER_SERVER is '{status}.example.org', which gives DEF and ABC the same server, stage.example.org (Stage, Stage)."
    )]
    [InlineData("ABC,abc", Standard, "USHER_PROJECTS is 'ABC,abc', but ABC is named twice.")]
    [InlineData("A/B", Standard, "USHER_PROJECTS is 'A/B', and 'A/B' in it is not the key of a project.")]
    [InlineData("ABC=here", Standard, "USHER_PROJECTS is 'ABC=here', and the servers of ABC are 'here' in it, which has no {status}")]
    [InlineData("AB_", Standard, "USHER_PROJECTS is 'AB_', whose server would be stage.ab-.wwts.com, which is not a host name.")]
    public void Should_report_invalid_settings(string projects, string pattern, string expected)
    {
        List<string> faults = [];
        DeploymentServers.Read(new() { Projects = projects, Server = pattern }, faults);

        faults.ShouldHaveSingleItem().ShouldStartWith(expected);
    }

    [Fact]
    public void Should_report_a_missing_file()
    {
        List<string> faults = [];
        DeploymentServers.Read(new() { ProjectsFile = "nowhere/projects" }, faults);

        faults.ShouldHaveSingleItem().ShouldStartWith("USHER_PROJECTS_FILE is 'nowhere/projects', which cannot be read: ");
    }

    static DeploymentServers Read(string projects)
    {
        List<string> faults = [];
        var servers = DeploymentServers.Read(new() { Projects = projects }, faults);
        faults.ShouldBeEmpty();
        return servers;
    }
}
