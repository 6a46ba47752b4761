using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Archive;

/// <summary>Every message that the broker has confirmed to a publisher becomes a file, despite kills at any time.</summary>
public sealed class Surviving_repeated_kills
{
    [Fact]
    public Task Should_file_every_confirmed_message_once() => PlayAsync(ArchiveProgram.Monarch, 9_000, 10, seed: 1);

    [Fact(Explicit = true)]
    public Task Should_file_100_000_confirmed_messages_once() => PlayAsync(ArchiveProgram.Monarch, 100_000, 120, seed: 2);

    [Fact(Explicit = true)]
    public Task Should_accept_a_correct_stand_in() => PlayAsync(ArchiveProgram.StandIn("none"), 12_000, 14, seed: 1);

    [Theory(Explicit = true)]
    [InlineData("no-ids")]
    [InlineData("early")]
    [InlineData("in-place")]
    public async Task Should_detect_an_archive_that_loses_or_duplicates(string fault)
    {
        await using var round = await KillingRound.PlayAsync(ArchiveProgram.StandIn(fault), null, 12_000, 14, seed: 1);

        round.Faults.ShouldNotBeEmpty();
    }

    static async Task PlayAsync(ArchiveProgram program, int count, int kills, int seed)
    {
        using var amqplib = await NpmFolder.InstallAsync(ArchivedFiles.Script("publishers"));
        await using var round = await KillingRound.PlayAsync(program, amqplib, count, kills, seed);

        await Console.Out.WriteLineAsync(
            $"{round.ArchiveKills} kills of archives, {round.BrokerKills} of the broker; "
                + $"{round.Redeliveries} redeliveries, {round.Recognised} of them of messages that had a file."
        );
        round.Faults.Take(20).ShouldBeEmpty();
        // Otherwise the kills missed the critical moment.
        round.Recognised.ShouldBeGreaterThan(0);
    }
}
