using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Monarch.Cli.Commands;
using Monarch.Hosting;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Cli;

public sealed class Choosing_what_is_copied_from_the_command_line : IDisposable
{
    static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("", "{}")]
    [InlineData("--no-labels --no-milestones --no-types", """{"copy_labels":false,"copy_milestones":false,"copy_types":false}""")]
    [InlineData("--comments --close-removed", """{"copy_comments":true,"close_removed":true}""")]
    [InlineData("--keep-assignees --keep-mentions --update", """{"keep_assignees":true,"keep_mentions":true,"update":true}""")]
    [InlineData("--state all", """{"state":"all"}""")]
    [InlineData("--label bug --label help_wanted", """{"label":["bug","help_wanted"]}""")]
    [InlineData("--label größe", """{"label":["größe"]}""")]
    [InlineData("--milestone Week --issues 1-20,25 --since 2026-09-01", """{"milestone":"Week","issues":"1-20,25","since":"2026-09-01"}""")]
    [InlineData("--recreate --update", """{"recreate":true,"update":true}""")]
    public async Task Should_write_the_fields_of_the_message(string options, string fields) =>
        (await WriteAsync(options)).ShouldBe(
            """{"source_repo":"school/template","all_target_repositories":["teams/one"]}""".Replace(
                "]}",
                fields == "{}" ? "]}" : $"],{fields[1..]}",
                StringComparison.Ordinal
            )
        );

    [Fact]
    public async Task Should_read_the_assignees_from_a_file()
    {
        await WriteFileAsync("# term 71", "", "  jane : jane_school  # left", "app[bot]: other[bot]", "\t# ann: x");

        (await WriteAsync($"--assignees {_file}")).ShouldEndWith(""","assignees":{"jane":"jane_school","app[bot]":"other[bot]"}}""");
    }

    [Fact]
    public async Task Should_write_no_mapping_for_a_file_without_entries()
    {
        await WriteFileAsync("# nothing");

        (await WriteAsync($"--assignees {_file}")).ShouldEndWith(""","assignees":{}}""");
    }

    [Fact]
    public async Task Should_name_each_wrong_line_of_the_file()
    {
        await WriteFileAsync("jane: doe", "bad", "@ann: x", "Jane: x", "a: b: c", "joe:", ": joe", "- k: v", "\u202e: x");

        var run = await RunAsync("publish", $"--assignees {_file}");

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        string[] expected =
        [
            "2: 'bad' is not of the form 'login: login'",
            "3: '@ann' is not a login",
            "4: 'Jane' is also in line 1",
            "5: 'a: b: c' is not of the form",
            "6: '' is not a login",
            "7: '' is not a login",
            "8: '- k' is not a login",
            "9: '?' is not a login",
        ];
        run.Lines.Count.ShouldBe(expected.Length, run.Output);
        foreach (var (line, fault) in run.Lines.Zip(expected))
        {
            line.ShouldStartWith($"monarch: {_file}, line {fault}");
        }
    }

    [Fact]
    public async Task Should_refuse_more_than_500_assignees()
    {
        await WriteFileAsync([.. Enumerable.Range(1, 501).Select(n => $"u{n}: v{n}")]);

        var run = await RunAsync("publish", $"--assignees {_file}");

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.Lines.ShouldHaveSingleItem().ShouldStartWith("monarch: --assignees has 501 entries and 500 are allowed");
    }

    // A publication has no answer: what the Bridge would refuse is refused before.
    [Theory]
    [InlineData("--issues 9-3", "monarch: --issues '9-3' ends before it begins: give 3-9.")]
    [InlineData("--issues 0 --state closed", "monarch: --state 'closed' is neither 'open' nor 'all'", "monarch: --issues '0' holds 0")]
    [InlineData("--label 123456789012345678901234567890123456789012345678901", "has 51 characters and 50 are allowed")]
    [InlineData("--since yesterday", "monarch: --since 'yesterday' is no date or time that exists")]
    [InlineData("--since 9999-01-01", "monarch: --since '9999-01-01' is in the future")]
    [InlineData("--assignees /nowhere/at/all", "monarch: --assignees: cannot read the file: ")]
    [InlineData("--assignees /", "monarch: --assignees: cannot read the file: ")]
    public async Task Should_name_the_fault_of_an_option(string options, params string[] faults)
    {
        foreach (var command in new[] { "publish", "migrate" })
        {
            var run = await RunAsync(command, options);

            run.ExitCode.ShouldBe(ExitCodes.Usage);
            run.Lines.Count.ShouldBe(faults.Length, run.Output);
            foreach (var (line, fault) in run.Lines.Zip(faults))
            {
                line.ShouldContain(fault);
            }
        }
    }

    static Task<CliRun> RunAsync(string command, string options) => CliRun.OfAsync($"{command} school/template teams/one {options}");

    static async Task<string> WriteAsync(string options)
    {
        var command = new Command("any");
        RequestArguments.AddTo(command);
        string? written = null;

        var exitCode = await RequestArguments.RunAsync(
            command.Parse(["school/template", "teams/one", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]),
            message =>
            {
                written = message;
                return Task.FromResult(7);
            }
        );

        exitCode.ShouldBe(7);
        return JsonNode.Parse(written.ShouldNotBeNull())!.ToJsonString(Readable);
    }

    Task WriteFileAsync(params string[] lines) => File.WriteAllLinesAsync(_file, lines);
}
