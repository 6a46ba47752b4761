using System.Text.Json;

namespace Monarch.Tests.Bridge;

public static partial class BadMessages
{
    static IEnumerable<BadMessage> Names() =>
        [
            Target("an owner with a hyphen in front", "-teams/one", "names the owner '-teams'"),
            Target("an owner with a hyphen at the end", "teams-/one", "names the owner 'teams-'"),
            Target("an owner with two hyphens together", "te--ams/one", "names the owner 'te--ams'"),
            Target("an owner of 40 characters", $"{new string('t', 40)}/one", "names the owner 'tttt"),
            Target("an owner with a dot", "te.ams/one", "names the owner 'te.ams'"),
            Target("an owner with a space", "te ams/one", "names the owner 'te ams'"),
            Target("an owner with an umlaut", "täms/one", "names the owner 'täms'"),
            Target("an owner in Cyrillic that looks like Latin", "tеams/one", "names the owner"),
            Target("an owner with an underscore in front", "_teams/one", "names the owner '_teams'"),
            Target("an owner that is a mention", "@teams/one", "names the owner '@teams'"),
            Target("no owner", "/one", "names the owner '', which is empty"),
            Target("no owner in an address", "https://github.com//one", "names the owner '', which is empty"),
            Target("no owner after a slash too many", "//one", "names the owner '', which is empty"),
            Target("a repository of 101 characters", $"teams/{new string('r', 101)}", "names the repository 'rrrr"),
            Target("a dot as repository", "teams/.", "names the repository '.'"),
            Target("two dots as repository", "teams/..", "names the repository '..'"),
            Target("a repository with a space", "teams/team one", "names the repository 'team one'"),
            Target("a repository with a percent sign", "teams/team%20one", "names the repository 'team%20one'"),
            Target("a repository in emoji", "teams/🚀", "names the repository '🚀'"),
            Target("a repository with a wildcard", "teams/*", "names the repository '*'"),
            Target("a repository that is only .git", "teams/.git", "names the repository ''"),
            Target("a repository that ends with .git twice", "teams/one.git.git", "names the repository 'one.git'"),
            Target("no repository", "teams", "is not of the form owner/name"),
            Target("no repository after the slash", "teams/", "is not of the form owner/name"),
            Target("no repository between the slashes", "teams//one", "names the repository '', which is empty"),
            Target("a slash in the repository", "teams/one/two", "is not of the form owner/name"),
            Target("a path", "../../etc/passwd", "is not of the form owner/name"),
            Target("backslashes", @"teams\one", "is not of the form owner/name"),
            Target("markup", "<script>/<b>", "names the owner '<script>'"),
            Target("two lines", "teams/one\nsecond: line", "'teams/one?second: line' names the repository 'one?second: line'"),
            Target("text that runs backwards", "teams/\u202Eeno", "names the repository '?eno'"),
            Target("a very long name", $"teams/{string.Concat(Enumerable.Repeat("🚀", 50_000))}", "…' names the repository '🚀"),
        ];

    static IEnumerable<BadMessage> Addresses() =>
        [
            Target(
                "an address elsewhere",
                "https://gitlab.com/teams/one",
                "is an address on 'gitlab.com', not on github.com or www.github.com"
            ),
            Target(
                "an address that begins like GitHub's",
                "https://github.com.evil.example/teams/one",
                "is an address on 'github.com.evil.example'"
            ),
            Target("an address that ends like GitHub's", "https://evilgithub.com/teams/one", "is an address on 'evilgithub.com'"),
            Target("an address in the API", "https://api.github.com/repos/teams/one", "is an address on 'api.github.com'"),
            Target("an address with a port", "https://github.com:8443/teams/one", "is an address on 'github.com:8443'"),
            Target("an address of this machine", "http://127.0.0.1/teams/one", "is an address on '127.0.0.1'"),
            Target("GitHub as a user", "https://github.com@evil.example/teams/one", "is an address on 'evil.example'"),
            Target(
                "an address with a token",
                "https://x-access-token:ghp_secret@github.com/teams/one",
                "holds more than a repository's address"
            ),
            Target("an address with a query", "https://github.com/teams/one?tab=issues", "holds more than a repository's address"),
            Target("an address with a fragment", "https://github.com/teams/one#readme", "holds more than a repository's address"),
            Target(
                "an address of the issues",
                "https://github.com/teams/one/issues",
                "is not of the form owner/name: it holds '/issues' after the repository"
            ),
            Target(
                "an address of a branch",
                "https://github.com/teams/one/tree/main/",
                "is not of the form owner/name: it holds '/tree/main' after the repository"
            ),
            Target("an address for scp elsewhere", "git@gitlab.com:teams/one.git", "is an address on 'gitlab.com'"),
            Target("an address of an owner", "https://github.com/teams", "is not of the form owner/name"),
            Target("an address of nothing", "https://github.com/", "is not of the form owner/name"),
            Target("an address with ftp", "ftp://github.com/teams/one", "is not a web address"),
            Target("an address with git", "git://github.com/teams/one.git", "is not a web address"),
            Target("a file", "file:///teams/one", "is not a web address"),
            Target("an address that is none", "https://", "is not a web address"),
        ];

    static IEnumerable<BadMessage> Recreations() =>
        [
            new(
                "a text as recreate",
                Good.Replace("{", "{\"recreate\": \"yes\", ", StringComparison.Ordinal),
                "recreate is a JSON text, not a boolean"
            ),
            new(
                "a number as recreate",
                Good.Replace("{", "{\"recreate\": 1, ", StringComparison.Ordinal),
                "recreate is a JSON number, not a boolean"
            ),
        ];

    static IEnumerable<BadMessage> Channels() =>
        [
            new("a number as channel", Request(channel: "6"), "notification_channel is a JSON number, not a text"),
            new("a list as channel", Request(channel: "[\"C06GHMZB3M3\"]"), "notification_channel is a JSON list, not a text"),
            new("an object as channel", Request(channel: "{}"), "notification_channel is a JSON object, not a text"),
            new("a channel of 81 characters", Request(channel: $"\"{new string('c', 81)}\""), "notification_channel 'cccc"),
            new("a line break in the channel", Request(channel: "\"C06\\nGHM\""), "notification_channel 'C06?GHM' is not a Slack channel"),
            new("a zero byte in the channel", Request(channel: "\"C06\\u0000\""), "notification_channel 'C06?' is not a Slack channel"),
            new(
                "an unpaired surrogate in the channel",
                Request(channel: "\"\\ud800\""),
                "notification_channel holds an unpaired surrogate"
            ),
        ];

    static BadMessage Target(string name, string target, string fault) =>
        new(name, Request(targets: $"[\"teams/fine\", {JsonSerializer.Serialize(target)}]"), fault);
}
