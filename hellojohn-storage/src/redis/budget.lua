-- One request from one budget: the decision of hellojohn_core::rate::decide, in microseconds.
-- KEYS[1] the budget; ARGV now, interval, refill, and what this instance remembers of it.
-- Answers whether it is allowed, and when the budget will be full again.
local now, interval, refill = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local stored = tonumber(redis.call('GET', KEYS[1]) or '0')
local before = math.max(now, math.min(math.max(stored, tonumber(ARGV[4])), now + refill))
local after, allowed = before + interval, 1
if after > now + refill then
    after, allowed = before, 0
end
-- After a refusal, too, if the other instances do not know yet what this one remembers.
if allowed == 1 or after > stored then
    -- A second more than it needs: the clocks of the instances may differ.
    redis.call('SET', KEYS[1], string.format('%.0f', after), 'PX', math.ceil((after - now) / 1000) + 1000)
end
return {allowed, after}
