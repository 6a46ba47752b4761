using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Monarch.Hosting.Logging;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Compact;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Hosting;

public sealed class Writing_a_log_line
{
    [Fact]
    public void Should_be_one_json_object_with_ids_exception_and_properties()
    {
        using var activity = new Activity("test").Start();

        var line = Write(
            Json,
            logger =>
                logger.Warning(
                    new InvalidOperationException("two\nlines"),
                    "Copied {Issues} issues of {Source}, <all> {Done}",
                    30,
                    "school/template",
                    true
                )
        );
        var json = JsonDocument.Parse(line).RootElement;

        line.TrimEnd('\n').ShouldNotContain("\n");
        json.GetProperty("@l").GetString().ShouldBe("Warning");
        json.GetProperty("@m").GetString().ShouldBe("Copied 30 issues of \"school/template\", <all> True");
        json.GetProperty("@x").GetString()!.ShouldContain("two\nlines");
        json.GetProperty("@tr").GetString().ShouldBe(activity.TraceId.ToHexString());
        json.GetProperty("@sp").GetString().ShouldBe(activity.SpanId.ToHexString());
        json.GetProperty("@t").GetDateTime().Kind.ShouldBe(DateTimeKind.Utc);
        json.GetProperty("Issues").GetInt32().ShouldBe(30);
        json.GetProperty("Done").GetBoolean().ShouldBeTrue();
        json.GetProperty("Service").GetString().ShouldBe("serve");
    }

    [Fact]
    public void Should_give_lines_of_one_template_one_number_and_omit_the_default_level()
    {
        string[] lines =
        [
            .. Write(
                    Json,
                    logger =>
                    {
                        for (var number = 1; number <= 2; number++)
                        {
                            logger.Information("Issue {Number} is there", number);
                        }
                        logger.Information("All are there");
                    }
                )
                .Split('\n', StringSplitOptions.RemoveEmptyEntries),
        ];
        var kinds = lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("@i").GetString()).ToList();

        kinds.Count.ShouldBe(3);
        kinds[1].ShouldBe(kinds[0]);
        kinds[2].ShouldNotBe(kinds[0]);
        lines.ShouldAllBe(line => !line.Contains("@l", StringComparison.Ordinal));
    }

    [Fact]
    public void Should_not_let_a_property_override_a_field()
    {
        var json = JsonDocument
            .Parse(Write(Json, logger => logger.ForContext("@l", "Fatal").ForContext("list", new[] { 1, 2 }).Error("fine")))
            .RootElement;

        json.GetProperty("@l").GetString().ShouldBe("Error");
        json.GetProperty("@@l").GetString().ShouldBe("Fatal");
        json.GetProperty("list").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public void Should_redact_every_configured_secret()
    {
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["GH_PAT"] = "ghp_\"quoted\"",
                    ["GH_PATS"] = "ghp_second,\nghp_third",
                    ["GH_APP_PRIVATE_KEY"] = "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\nq1w2e3r4\n-----END RSA PRIVATE KEY-----\n",
                    ["GH_APP_PRIVATE_KEY_FILE"] = "/run/app.pem",
                    ["SLACK_BOT_TOKEN"] = "xoxb-123456",
                    ["JIRA_WEBHOOK_SECRET"] = "old-secret,new-secret",
                    ["JIRA_WEBHOOK_PASSWORD"] = "of-the-automation",
                    ["VALKEY_PASSWORD"] = "short",
                    ["RABBITMQ_URL"] = "amqp://user:p%40ssword@host",
                    ["WEB_PORT"] = "123456",
                }
            )
            .Build();

        var text = Write(
            new RedactingFormatter(SerilogRegistration.Formatter(LogFormat.Text, isRedirected: true), Redaction.Of(settings)),
            logger =>
                logger.Error(
                    new InvalidOperationException("xoxb-123456 and p@ssword"),
                    "ghp_\"quoted\" p%40ssword 123456 short ghp_third MIIEpAIBAAKCAQEA GH_APP_PRIVATE_KEY_FILE /run/app.pem new-secret old-secret of-the-automation"
                )
        );

        text.ShouldContain("*** *** 123456 short *** *** GH_APP_PRIVATE_KEY_FILE /run/app.pem *** *** ***");
        text.ShouldContain("*** and ***");
    }

    [Theory]
    [InlineData("pass\"word-1")]
    [InlineData("pass\\word-1")]
    [InlineData("pass<+'\"\\>word-1")]
    public void Should_redact_a_secret_that_JSON_escapes(string secret)
    {
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["SLACK_BOT_TOKEN"] = secret })
            .Build();
        var body = JsonSerializer.Serialize(new Dictionary<string, string> { ["key"] = secret });

        var text = Write(
            new RedactingFormatter(Json, Redaction.Of(settings)),
            logger =>
                logger.Error(
                    new InvalidOperationException(secret),
                    "{Value} {@Object} {Body} {Plain:l}",
                    secret,
                    new { Key = secret },
                    body,
                    secret
                )
        );

        text.ShouldNotContain("word-1");
        text.ShouldContain("***");
        JsonDocument.Parse(text).RootElement.GetProperty("Value").GetString().ShouldBe("***");
    }

    [Fact]
    public void Should_redact_the_password_of_the_log_store()
    {
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["MONARCH_LOG_REDIS"] = "redis://logs:of-the-logs@host:6379/0" })
            .Build();

        Write(new RedactingFormatter(Json, Redaction.Of(settings)), logger => logger.Error("redis://logs:of-the-logs@host"))
            .ShouldContain("redis://logs:***@host");
    }

    [Fact]
    public void Should_not_redact_the_password_of_the_broker_in_docker_compose()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("RABBITMQ_URL", "amqp://monarch:monarch@rabbitmq")]).Build();

        Write(new RedactingFormatter(Json, Redaction.Of(settings)), logger => logger.Error("from monarch.Bridge"))
            .ShouldContain("from monarch.Bridge");
    }

    [Fact]
    public void Should_redact_the_password_of_a_URL_encoded_and_decoded()
    {
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["VALKEY_URL"] = "rediss://someone:s%2Fcret%25@host:6380/0",
                    // This URL is refused at start, which may be logged.
                    ["RABBITMQ_URL"] = "amqp://someone:raw/se%cr@t@host",
                    ["VALKEY_SENTINEL_PASSWORD"] = "sentinels-own",
                    ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://monarch:collectors-own@host:4317",
                }
            )
            .Build();

        var text = Write(
            new RedactingFormatter(SerilogRegistration.Formatter(LogFormat.Text, isRedirected: true), Redaction.Of(settings)),
            logger => logger.Error("someone@host s%2Fcret%25 s/cret% raw/se%cr@t sentinels-own collectors-own")
        );

        text.ShouldContain("someone@host *** *** *** *** ***");
    }

    [Theory]
    [InlineData(null, true, typeof(RenderedCompactJsonFormatter))]
    [InlineData("Json", false, typeof(RenderedCompactJsonFormatter))]
    public void Should_be_json_when_output_is_redirected(string? format, bool isRedirected, Type expected) =>
        SerilogRegistration.Formatter(format is null ? null : Enum.Parse<LogFormat>(format), isRedirected).ShouldBeOfType(expected);

    [Theory]
    [InlineData(null, false)]
    [InlineData("Text", true)]
    public void Should_be_text_on_a_terminal(string? format, bool isRedirected) =>
        SerilogRegistration
            .Formatter(format is null ? null : Enum.Parse<LogFormat>(format), isRedirected)
            .ShouldNotBeOfType<RenderedCompactJsonFormatter>();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Should_contain_no_terminal_control_characters(bool asJson)
    {
        const string Hostile = "\u001b]0;owned\u0007\u001b[2J\u009b2J\u007f\u202e\r\n12:00:00.000 INF forged\u2028";
        var formatter = new RedactingFormatter(
            SerilogRegistration.Formatter(asJson ? LogFormat.Json : LogFormat.Text, isRedirected: false),
            new([])
        );

        var text = Write(
            formatter,
            logger => logger.Error(new InvalidOperationException(Hostile), "Rejected {Title}, {Plain:l}", Hostile, Hostile)
        );

        text.ShouldEndWith("\n");
        text.Where(sign => sign != '\n' && (char.IsControl(sign) || sign is '\u202e' or '\u2028')).ShouldBeEmpty(text);
        text.Split('\n').ShouldAllBe(line => !line.StartsWith("12:00:00.000", StringComparison.Ordinal), text);
        text.ShouldContain(@"\u009b2J\u007f\u202e");
        if (asJson)
        {
            JsonDocument.Parse(text).RootElement.GetProperty("Title").GetString().ShouldBe(Hostile);
        }
    }

    static ITextFormatter Json => SerilogRegistration.Formatter(LogFormat.Json, isRedirected: false);

    static string Write(ITextFormatter formatter, Action<ILogger> log)
    {
        var sink = new TextSink(formatter);
        using var logger = new LoggerConfiguration().Enrich.WithProperty("Service", "serve").WriteTo.Sink(sink).CreateLogger();
        log(logger);
        return sink.Text;
    }

    sealed class TextSink(ITextFormatter formatter) : ILogEventSink
    {
        public string Text { get; private set; } = "";

        public void Emit(LogEvent logEvent)
        {
            using var writer = new StringWriter();
            formatter.Format(logEvent, writer);
            Text += writer.ToString();
        }
    }
}
