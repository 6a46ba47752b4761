using System.Diagnostics;
using Monarch.Contracts.Deployments;
using Monarch.Workers.Deployments.Running;
using Monarch.Workers.Deployments.Settings;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Deployments;

public sealed class Writing_a_deployment_command
{
    [Fact]
    public void Should_name_the_server_and_the_issues_by_default() =>
        CommandLine
            .Text(Expand(new DeploymentOptions().Command))
            .ShouldBe("python -m wwts.devops.deploy beta.abc.wwts.com ABC-111 ABC-113");

    [Fact]
    public void Should_insert_project_status_and_numbers() =>
        CommandLine
            .Text(Expand("python -m wwts.devops.deploy {project} {status} {numbers}"))
            .ShouldBe("python -m wwts.devops.deploy abc beta 111 113");

    [Theory]
    [InlineData("deploy --issues={issues}", "--issues=ABC-111,ABC-113")]
    [InlineData("deploy -n{numbers}@{server}", "-n111,113@beta.abc.wwts.com")]
    [InlineData("deploy '{\"on\":\"{server}\"}'", "{\"on\":\"beta.abc.wwts.com\"}")]
    public void Should_join_values_inside_of_an_argument(string command, string argument) => Expand(command).ShouldBe(["deploy", argument]);

    [Theory]
    [InlineData("  a \t b\n", "a", "b")]
    [InlineData("a 'b  c'", "a", "b  c")]
    [InlineData("a \"b 'c'\"", "a", "b 'c'")]
    [InlineData("a 'b \"c\"'", "a", "b \"c\"")]
    [InlineData("a b'c d'\"e f\"g", "a", "bc de fg")]
    [InlineData("a ''", "a", "")]
    [InlineData("a \"x\\\"y\\\\z\\n\"", "a", "x\"y\\z\\n")]
    [InlineData("a 'x\\' \\y", "a", "x\\", "\\y")]
    [InlineData("a $(rm) $HOME `ls` * ; | && ~", "a", "$(rm)", "$HOME", "`ls`", "*", ";", "|", "&&", "~")]
    [InlineData("find {} ${HOME}1 {1}", "find", "{}", "${HOME}1", "{1}")]
    public void Should_read_quotes_and_nothing_else(string command, params string[] arguments)
    {
        CommandLine.TrySplit(command, out var split).ShouldBeTrue();
        split.ShouldBe(arguments);
    }

    [Theory]
    [InlineData("", "which names no program")]
    [InlineData("  ", "which names no program")]
    [InlineData("'' a", "which names no program")]
    [InlineData("deploy 'a", "in which a quote is not closed")]
    [InlineData("deploy \"a\\\"", "in which a quote is not closed")]
    [InlineData("deploy {branch}", "in which {branch} stands for nothing")]
    [InlineData("deploy {Server}", "in which {Server} stands for nothing")]
    [InlineData("deploy '{server }'", "in which {server } stands for nothing")]
    [InlineData("{server} a", "whose program, {server}, contains a placeholder")]
    [InlineData("/bin/{project}/deploy", "whose program, /bin/{project}/deploy, contains a placeholder")]
    public void Should_refuse_an_invalid_command(string command, string problem)
    {
        CommandTemplate.TryParse(command, out _, out var found).ShouldBeFalse();
        found.ShouldBe(problem);
    }

    [Theory]
    [InlineData("abc", 1)]
    [InlineData("--help", 1)]
    [InlineData("A B", 1)]
    [InlineData("ABC", 0)]
    [InlineData("ABC", -1)]
    public void Should_refuse_an_invalid_project_or_issue(string project, int number) =>
        Should.Throw<ArgumentException>(() => Template("deploy {issues}").Expand("server", project, IssueStatus.Beta, [number]));

    [Fact]
    public void Should_not_run_without_issues() =>
        Should.Throw<ArgumentException>(() => Template("deploy {issues}").Expand("server", "ABC", IssueStatus.Beta, []));

    [Theory]
    [InlineData("python", "-m", "x", "python -m x")]
    [InlineData("deploy", "two words", "", "deploy 'two words' ''")]
    [InlineData("deploy", "a=b,c/d:e@f+g%h", "ABC-1", "deploy a=b,c/d:e@f+g%h ABC-1")]
    [InlineData("deploy", "$HOME", "it's", "deploy '$HOME' 'it'\"'\"'s'")]
    public void Should_be_shown_as_a_person_would_type_it(string program, string first, string second, string text) =>
        CommandLine.Text([program, first, second]).ShouldBe(text);

    [Fact]
    public async Task Should_be_shown_in_a_form_that_a_shell_reads_equally()
    {
        string[] arguments = ["printf", "[%s]\\n", "", "a b", "it's", "\"", "$HOME", "`ls`", "\\", "*", "{}", "é", "a\nb", "#", "!x", "~"];
        var text = CommandLine.Text(arguments);

        CommandLine.TrySplit(text, out var split).ShouldBeTrue();
        split.ShouldBe(arguments);

        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", text]) { RedirectStandardOutput = true })!;
        (await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBe(
            string.Concat(arguments.Skip(2).Select(x => $"[{x}]\n"))
        );
    }

    static IReadOnlyList<string> Expand(string command) =>
        Template(command).Expand("beta.abc.wwts.com", "ABC", IssueStatus.Beta, [111, 113]);

    static CommandTemplate Template(string command)
    {
        CommandTemplate.TryParse(command, out var template, out var problem).ShouldBeTrue(problem);
        return template!;
    }
}
