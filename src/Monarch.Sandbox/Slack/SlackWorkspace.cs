using System.Globalization;
using Monarch.Sandbox.Limits;
using Monarch.Sandbox.Model;

namespace Monarch.Sandbox.Slack;

/// <summary>The workspace: its channels and messages. Thread-safe.</summary>
sealed class SlackWorkspace(SandboxOptions options, CurrentLimits limits, TimeProvider time)
{
    /// <summary>chat.postMessage truncates longer texts.</summary>
    const int MaxPosted = 40_000;

    /// <summary>chat.update rejects longer texts.</summary>
    const int MaxUpdated = 4_000;

    readonly Lock _lock = new();
    readonly SlackChannels _channels = new(options.SlackChannels);
    readonly List<SlackMessage> _messages = [];
    readonly Dictionary<(string Channel, string Ts), int> _indexes = [];
    readonly Dictionary<string, ChannelPace> _paces = [];
    readonly SlidingWindow _updates = new();
    long _lastTs;

    /// <summary>The valid tokens; empty: every token is valid.</summary>
    public IList<SandboxToken> Tokens { get; } = options.SlackTokens;

    public SlackResult Post(SandboxToken author, string channelName, string? text, bool hasBlocks)
    {
        var channel = _channels.Find(channelName);
        if (channel is null)
        {
            return SlackResult.Refused("channel_not_found");
        }

        if (channel.Archived)
        {
            return SlackResult.Refused("is_archived");
        }

        if (!channel.Joined)
        {
            return SlackResult.Refused("not_in_channel");
        }

        if (string.IsNullOrWhiteSpace(text) && !hasBlocks)
        {
            return SlackResult.Refused("no_text");
        }

        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (
                limits.Value is { SlackMessagesPerSecond: { } perSecond, SlackBurst: var burst }
                && Pace(channel.Id).Take(now, perSecond, burst) is { Ticks: > 0 } wait
            )
            {
                return SlackResult.Limited(wait);
            }

            var full = text ?? "";
            var truncated = full.Length > MaxPosted;
            var message = new SlackMessage(channel.Id, NextTs(now), truncated ? Truncate(full) : full, author, now);
            _indexes[(message.Channel, message.Ts)] = _messages.Count;
            _messages.Add(message);
            return new SlackResult(message, null) { Warning = truncated ? "message_truncated" : null };
        }
    }

    public SlackResult Update(SandboxToken author, string channelId, string ts, string? text, bool hasBlocks)
    {
        if (_channels.ById(channelId) is not { } channel)
        {
            return SlackResult.Refused("channel_not_found");
        }

        if (channel.Archived)
        {
            return SlackResult.Refused("is_archived");
        }

        if (string.IsNullOrWhiteSpace(text) && !hasBlocks)
        {
            return SlackResult.Refused("no_text");
        }

        if (text?.Length > MaxUpdated)
        {
            return SlackResult.Refused("msg_too_long");
        }

        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (!_indexes.TryGetValue((channel.Id, ts), out var index))
            {
                return SlackResult.Refused("message_not_found");
            }

            if (_messages[index].Author.Id != author.Id)
            {
                return SlackResult.Refused("cant_update_message");
            }

            var current = limits.Value;
            var minute = TimeSpan.FromSeconds(current.MinuteSeconds);
            if (current.SlackUpdatesPerMinute is { } cap && _updates.WaitFor(now, minute, cap, 1) is { Ticks: > 0 } wait)
            {
                return SlackResult.Limited(wait);
            }

            if (current.SlackUpdatesPerMinute is not null)
            {
                _updates.Add(now, 1);
            }

            var before = _messages[index];
            var after = before with { Text = text ?? "", Edits = [.. before.Edits, new SlackEditView(now, text ?? "")] };
            _messages[index] = after;
            return new SlackResult(after, null);
        }
    }

    public IReadOnlyList<SlackMessageView> View()
    {
        lock (_lock)
        {
            return _messages.ConvertAll(m => m.View());
        }
    }

    public void Reset()
    {
        lock (_lock)
        {
            _messages.Clear();
            _indexes.Clear();
            _paces.Clear();
        }
    }

    ChannelPace Pace(string channel)
    {
        if (!_paces.TryGetValue(channel, out var pace))
        {
            _paces[channel] = pace = new ChannelPace();
        }

        return pace;
    }

    /// <summary>Seconds since 1970 and six unique digits.</summary>
    string NextTs(DateTimeOffset now)
    {
        _lastTs = Math.Max(_lastTs + 1, (now - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        return string.Create(CultureInfo.InvariantCulture, $"{_lastTs / 1_000_000}.{_lastTs % 1_000_000:D6}");
    }

    static string Truncate(string text) => text[..(char.IsHighSurrogate(text[MaxPosted - 1]) ? MaxPosted - 1 : MaxPosted)];
}

/// <summary>The posted or updated message, or Slack's error code.</summary>
sealed record SlackResult(SlackMessage? Message, string? Error)
{
    public const string RateLimited = "ratelimited";

    /// <summary>Slack's warning about a successful call; null: none.</summary>
    public string? Warning { get; init; }

    /// <summary>The wait when rate limited.</summary>
    public TimeSpan Wait { get; init; }

    public static SlackResult Refused(string error) => new(null, error);

    public static SlackResult Limited(TimeSpan wait) => new(null, RateLimited) { Wait = wait };
}

sealed record SlackMessage(string Channel, string Ts, string Text, SandboxToken Author, DateTimeOffset PostedAt)
{
    public IReadOnlyList<SlackEditView> Edits { get; init; } = [];

    public SlackMessageView View() => new(Channel, Ts, Text, Author.Login, PostedAt, Edits);
}
