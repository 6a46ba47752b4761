using Microsoft.Extensions.Configuration;
using Monarch.Workers.Archive.Settings;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Archive;

public sealed class Validating_archive_settings
{
    [Theory]
    [InlineData("")]
    [InlineData("OUTPUT_FOLDER=/nowhere/yet;ARCHIVE_QUEUE=Temporary;ARCHIVE_TIME=UTC;ARCHIVE_LAYOUT=Segments")]
    [InlineData(
        "RABBITMQ_EXCHANGE=amq.topic;ARCHIVE_BINDING=expense.*, report.#;ARCHIVE_FORWARD_URL=https://host/events;ARCHIVE_FORWARD_SECRET=s"
    )]
    [InlineData("RABBITMQ_EXCHANGE=archive;ARCHIVE_QUEUE=archive")]
    public void Should_accept_valid_settings(string settings) => Faults($"RABBITMQ_URL=amqp://host;{settings}").ShouldBeEmpty();

    [Theory]
    [InlineData("RABBITMQ_URL=", "RABBITMQ_URL is not set, but the archive consumes from RabbitMQ only")]
    [InlineData("RABBITMQ_EXCHANGE= ", "RABBITMQ_EXCHANGE is ' ', which is empty")]
    [InlineData("ARCHIVE_QUEUE=amq.gen", "ARCHIVE_QUEUE is 'amq.gen', but names that begin with amq. belong to the broker")]
    [InlineData("ARCHIVE_QUEUE=a queue", "ARCHIVE_QUEUE is 'a queue', which has other characters")]
    [InlineData("ARCHIVE_BINDING= , ", "ARCHIVE_BINDING is ' , ', which names no binding key")]
    [InlineData("ARCHIVE_TIME=gmt", "ARCHIVE_TIME is 'gmt', which is neither local nor utc")]
    [InlineData("ARCHIVE_LAYOUT=deep", "ARCHIVE_LAYOUT is 'deep', which is none of flat, daily and segments")]
    [InlineData("ARCHIVE_FORWARD_URL=ftp://me:hidden@host/", "ARCHIVE_FORWARD_URL is not an address that events can be posted to")]
    [InlineData("ARCHIVE_FORWARD_SECRET=word", "ARCHIVE_FORWARD_SECRET is set, but ARCHIVE_FORWARD_URL is not")]
    public void Should_report_an_invalid_setting_with_its_remedy(string settings, string fault)
    {
        var found = Faults($"RABBITMQ_URL=amqp://host;{settings}").ShouldHaveSingleItem();

        found.ShouldStartWith(fault);
        found.ShouldContain("Set ");
        found.ShouldNotContain("hidden");
    }

    [Fact]
    public void Should_refuse_names_that_AMQP_cannot_carry()
    {
        // Bytes count, not characters.
        var name = new string('\u00e9', 128);

        Faults($"RABBITMQ_URL=amqp://host;RABBITMQ_EXCHANGE={name};ARCHIVE_QUEUE={name};ARCHIVE_BINDING=a,{name}").Count.ShouldBe(3);
    }

    [Fact]
    public void Should_refuse_a_folder_that_is_a_file() =>
        Faults($"RABBITMQ_URL=amqp://host;OUTPUT_FOLDER={typeof(Validating_archive_settings).Assembly.Location}")
            .ShouldHaveSingleItem()
            .ShouldContain("which is a file");

    static List<string> Faults(string settings)
    {
        Dictionary<string, string?> pairs = [];
        foreach (var pair in settings.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)))
        {
            pairs[pair[0]] = pair[1].Length > 0 ? pair[1] : null;
        }

        var configuration = new ConfigurationBuilder().AddInMemoryCollection(pairs).Build();
        var options = new ArchiveOptions();
        configuration.Bind(options);
        return [.. new ArchiveOptionsValidator(configuration).Validate(null, options).Failures ?? []];
    }
}
